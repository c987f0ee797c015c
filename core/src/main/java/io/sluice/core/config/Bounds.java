package io.sluice.core.config;

import com.typesafe.config.ConfigValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Range} allows.
 *
 * @param unit for messages, with a space before it; may be empty
 */
record Bounds(long min, long max, String unit) {

    static Bounds of(@Nullable Range range, String unit) {
        return range == null
                ? new Bounds(Long.MIN_VALUE, Long.MAX_VALUE, unit)
                : new Bounds(range.min(), range.max(), unit);
    }

    /** These bounds with narrower ends for a type that holds less than a long. */
    Bounds within(long lowest, long highest) {
        long narrowMin = Math.max(min, lowest);
        long narrowMax = Math.min(max, highest);
        return new Bounds(narrowMin, narrowMax, unit);
    }

    void check(ConfigValue value, long number) throws Mismatch {
        check(value, number < min, number > max);
    }

    void check(ConfigValue value, double number) throws Mismatch {
        check(value, !(number >= min), number > max); // so that NaN is refused
    }

    void checkMillis(ConfigValue value, Duration duration) throws Mismatch {
        check(value, duration.compareTo(Duration.ofMillis(min)) < 0, duration.compareTo(Duration.ofMillis(max)) > 0);
    }

    private void check(ConfigValue value, boolean below, boolean above) throws Mismatch {
        if (!below && !above) {
            return;
        }
        boolean noMin = min == Long.MIN_VALUE || min == Integer.MIN_VALUE;
        boolean noMax = max == Long.MAX_VALUE || max == Integer.MAX_VALUE;
        String allowed = "not between " + min + " and " + max;
        if (below && noMax) {
            allowed = "less than " + min;
        } else if (above && (noMin || noMax)) {
            allowed = "more than " + max;
        }
        throw new Mismatch(Mismatch.describe(value) + " is " + allowed + unit);
    }
}
