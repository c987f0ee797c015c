package io.sluice.files.cache;

import io.sluice.core.config.Range;
import io.sluice.core.config.Shorthand;
import java.time.Duration;

/**
 * The group {@code open-file-cache}; see this module's reference.conf for each.
 *
 * @param max files known at a time; 0 for no cache
 */
public record CacheSettings(
        @Shorthand @Range(min = 0, max = 1_000_000) int max,
        Duration inactive,
        Duration valid,
        @Range(min = 1, max = 1_000_000) int minUses,
        boolean errors) {

    /** Nothing is kept. */
    public static final CacheSettings OFF = new CacheSettings(0, Duration.ZERO, Duration.ZERO, 1, false);
}
