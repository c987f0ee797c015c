package io.sluice.upstream;

import io.sluice.core.config.Here;
import io.sluice.core.config.Range;
import io.sluice.core.config.Section;
import io.sluice.core.config.Shorthand;
import java.time.Duration;

/**
 * One element of {@code servers}.
 *
 * @param address {@code host:port}, {@code [::1]:port} or {@code unix:path}
 * @param maxConns attempts at once, over all workers; 0 for any number
 * @param maxFails failures that make it rest; 0 for never
 * @param failTimeout how long it rests
 * @param here for messages; of one that is not configured, any section
 */
record ServerSettings(
        @Shorthand String address,
        @Range(min = 1, max = 1_000_000) int weight,
        @Range(min = 0) int maxConns,
        @Range(min = 0) int maxFails,
        @Range(min = 0) Duration failTimeout,
        boolean backup,
        boolean down,
        @Here Section here) {}
