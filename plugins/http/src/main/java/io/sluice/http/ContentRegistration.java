package io.sluice.http;

import java.util.function.Function;

/**
 * A plugin's claim on the locations that carry its key.
 *
 * @param key present in a location, it makes the plugin that location's handler
 */
record ContentRegistration(String key, Function<LocationView, ContentFactory> factory) {}
