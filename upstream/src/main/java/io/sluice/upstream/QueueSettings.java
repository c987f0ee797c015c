package io.sluice.upstream;

import io.sluice.core.config.Range;
import java.time.Duration;

/**
 * The group {@code queue} of an upstream.
 *
 * @param size requests of all workers that may wait at once; 0 for none
 * @param timeout how long one waits
 */
record QueueSettings(
        @Range(min = 0, max = 1_000_000) int size,
        @Range(min = 1) Duration timeout) {}
