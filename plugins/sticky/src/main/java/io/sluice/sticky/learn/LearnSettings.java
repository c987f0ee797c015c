package io.sluice.sticky.learn;

import io.sluice.core.config.Here;
import io.sluice.core.config.Range;
import io.sluice.core.config.Section;
import java.time.Duration;
import java.util.List;

/** The group {@code learn} of an upstream's {@code sticky}. See this module's reference.conf for each. */
record LearnSettings(Settings learn) {
    /** @param here for messages */
    record Settings(
            List<String> create,
            List<String> lookup,
            @Range(min = 1, max = 4_194_304) int keys,
            @Range(min = 1) Duration timeout,
            boolean header,
            @Here Section here) {}
}
