package io.sluice.core.time;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SystemClockTest {
    private final Clock clock = new SystemClock();

    @Test
    void nanoseconds_never_go_back() {
        long last = clock.nanos();
        for (int i = 0; i < 10_000; i++) {
            long now = clock.nanos();
            assertTrue(now - last >= 0);
            last = now;
        }
    }

    @Test
    void milliseconds_are_those_of_the_calendar() {
        assertTrue(Instant.ofEpochMilli(clock.millis()).isAfter(Instant.parse("2025-01-01T00:00:00Z")));
    }
}
