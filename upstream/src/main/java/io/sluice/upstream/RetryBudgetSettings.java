package io.sluice.upstream;

import io.sluice.core.config.Range;

/**
 * The group {@code retry-budget} of an upstream.
 *
 * @param enabled whether there is a limit
 * @param percent further attempts for every hundred requests of the last seconds
 * @param atLeastPerSecond so many are allowed however few requests there are
 */
record RetryBudgetSettings(
        boolean enabled,
        @Range(min = 0, max = 10_000) int percent,
        @Range(min = 0, max = 1_000_000) int atLeastPerSecond) {}
