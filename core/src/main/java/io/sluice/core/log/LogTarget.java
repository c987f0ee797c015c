package io.sluice.core.log;

import java.util.Objects;

/** One {@code error-log}: a file, and the most talkative level that it takes. */
public record LogTarget(LogLevel level, LogFile file) {
    public LogTarget {
        Objects.requireNonNull(level);
        Objects.requireNonNull(file);
    }
}
