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
        refuseIf(number < min || number > max, value);
    }

    void check(ConfigValue value, double number) throws Mismatch {
        refuseIf(!(number >= min && number <= max), value); // so that NaN is refused
    }

    void checkMillis(ConfigValue value, Duration duration) throws Mismatch {
        refuseIf(
                duration.compareTo(Duration.ofMillis(min)) < 0 || duration.compareTo(Duration.ofMillis(max)) > 0,
                value);
    }

    private void refuseIf(boolean outside, ConfigValue value) throws Mismatch {
        if (!outside) {
            return;
        }
        String given = Mismatch.describe(value);
        if (min == Long.MIN_VALUE) {
            throw new Mismatch(given + " is more than " + max + unit);
        }
        if (max == Long.MAX_VALUE) {
            throw new Mismatch(given + " is less than " + min + unit);
        }
        throw new Mismatch(given + " is not between " + min + " and " + max + unit);
    }
}
