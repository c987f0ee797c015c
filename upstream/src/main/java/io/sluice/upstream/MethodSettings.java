package io.sluice.upstream;

import io.sluice.core.config.Shorthand;

/**
 * The groups {@code discover} and {@code health} of an upstream, as far as they are the same for all of their kind.
 *
 * @param method the name of one that a plugin brought
 */
record MethodSettings(@Shorthand String method) {}
