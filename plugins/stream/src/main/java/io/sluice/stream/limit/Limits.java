package io.sluice.stream.limit;

import io.sluice.core.log.LogLevel;
import java.util.List;

/** The limits of one server, in their order. Immutable. */
record Limits(List<Limit> limits, boolean dryRun, LogLevel level) {
    /** At most so many sessions of each key of a zone. */
    record Limit(LimitZone zone, int most) {}
}
