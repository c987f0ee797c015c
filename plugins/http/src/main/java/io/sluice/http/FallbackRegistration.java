package io.sluice.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's claim on the locations that nobody else answers.
 *
 * @param factory answers null for a location it does not want
 */
record FallbackRegistration(String name, Function<LocationView, @Nullable ContentFactory> factory) {}
