package io.sluice.core.plugin;

import io.sluice.core.config.Range;
import io.sluice.core.config.Shorthand;
import io.sluice.core.connection.KeepaliveProbes;
import java.time.Duration;
import java.util.Optional;

/**
 * The setting {@code so-keepalive} of a {@code listen} entry: on, off, nginx's short text {@code 30m::10}, or an object.
 *
 * @param times nginx's text: idle, interval and probes with colons between them, any of them empty
 */
record KeepaliveSetting(
        Optional<Boolean> enabled,
        @Shorthand Optional<String> times,
        @Range(min = 1000, max = 32_767_000) Optional<Duration> idle,
        @Range(min = 1000, max = 32_767_000) Optional<Duration> interval,
        @Range(min = 1, max = 127) Optional<Integer> probes) {
    /** As the kernel limits idle and interval, in seconds. */
    private static final int LONGEST = 32_767;

    private static final int MOST_PROBES = 127;
    private static final String UNITS = "smhdw";
    private static final int[] SECONDS = {1, 60, 3600, 86_400, 604_800};

    KeepaliveSetting {
        times.ifPresent(KeepaliveSetting::parse);
        if (times.isPresent() && (idle.isPresent() || interval.isPresent() || probes.isPresent())) {
            throw new IllegalArgumentException("times stands for idle, interval and probes: set it or those");
        }
    }

    KeepaliveProbes probing() {
        if (!enabled.orElse(true)) {
            return KeepaliveProbes.OFF;
        }
        return times.map(KeepaliveSetting::parse)
                .orElseGet(() -> new KeepaliveProbes(true, seconds(idle), seconds(interval), probes.orElse(0)));
    }

    /** Rounded up: the system counts seconds. */
    private static int seconds(Optional<Duration> time) {
        return time.map(value -> Math.toIntExact((value.toMillis() + 999) / 1000))
                .orElse(0);
    }

    private static KeepaliveProbes parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3 || text.length() == 2) {
            throw new IllegalArgumentException(
                    "times must be on, off or idle:interval:probes, of which one at least is there, is \"" + text
                            + "\"");
        }
        return new KeepaliveProbes(
                true,
                number(parts[0], UNITS, LONGEST),
                number(parts[1], UNITS, LONGEST),
                number(parts[2], "", MOST_PROBES));
    }

    /** A whole number with one unit at most; 0 for nothing. */
    private static int number(String text, String units, int most) {
        if (text.isEmpty()) {
            return 0;
        }
        int unit = units.indexOf(text.charAt(text.length() - 1));
        String digits = unit < 0 ? text : text.substring(0, text.length() - 1);
        boolean isNumber =
                !digits.isEmpty() && digits.length() <= 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = isNumber ? Long.parseLong(digits) * (unit < 0 ? 1 : SECONDS[unit]) : 0;
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("times has \"" + text + "\", which is not from 1 to " + most
                    + (units.isEmpty() ? "" : " seconds, or with one of the units " + UNITS));
        }
        return (int) value;
    }
}
