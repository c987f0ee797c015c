package io.sluice.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;

/** How one plain value is read. */
sealed interface Scalar
        permits Scalar.Text,
                Scalar.Switch,
                Scalar.Fraction,
                Scalar.Whole,
                Scalar.Time,
                Scalar.Size,
                Choice,
                Scalar.Raw {

    /** The value as the record's component takes it. */
    Object read(ConfigValue value) throws Mismatch;

    /** Stands in for a value that is missing, so that reading goes on; nobody uses it, since a problem was reported. */
    Object placeholder();

    /** Any plain value as it was written. */
    record Text() implements Scalar {
        @Override
        public Object read(ConfigValue value) throws Mismatch {
            if (value.unwrapped() instanceof String text) {
                return text;
            }
            if (!Mismatch.isPlain(value)) {
                throw Mismatch.of(value, "a text");
            }
            return value.atKey("value").getString("value"); // a number as it was written
        }

        @Override
        public Object placeholder() {
            return "";
        }
    }

    /** On or off. */
    record Switch() implements Scalar {
        @Override
        public Object read(ConfigValue value) throws Mismatch {
            if (!Mismatch.isSwitch(value)) {
                throw Mismatch.of(value, "on or off");
            }
            return value.atKey("value").getBoolean("value");
        }

        @Override
        public Object placeholder() {
            return false;
        }
    }

    /** A number with or without a fraction. */
    record Fraction(Bounds bounds) implements Scalar {
        @Override
        public Object read(ConfigValue value) throws Mismatch {
            try {
                double number = value.atKey("value").getDouble("value");
                bounds.check(value, number);
                return number;
            } catch (ConfigException e) {
                throw Mismatch.of(value, "a number");
            }
        }

        @Override
        public Object placeholder() {
            return 0.0;
        }
    }

    /** A whole number; the bounds of an int are those of its type or narrower. */
    record Whole(Bounds bounds, boolean isInt) implements Scalar {
        @Override
        public Object read(ConfigValue value) throws Mismatch {
            long number = whole(value);
            bounds.check(value, number);
            return isInt ? (Object) Math.toIntExact(number) : (Object) number;
        }

        private static long whole(ConfigValue value) throws Mismatch {
            Object given = value.unwrapped();
            if (given instanceof Integer || given instanceof Long) {
                return ((Number) given).longValue();
            }
            if (given instanceof String text) { // from the environment, or quoted
                try {
                    return Long.parseLong(text);
                } catch (NumberFormatException e) {
                    throw Mismatch.of(value, "a whole number");
                }
            }
            throw Mismatch.of(value, "a whole number");
        }

        @Override
        public Object placeholder() {
            return isInt ? (Object) 0 : (Object) 0L;
        }
    }

    /**
     * A duration as typesafe-config reads it, but for a number alone: there it is in milliseconds, and who writes 75 as for nginx means
     * seconds. Only 0 is the same in every unit.
     */
    record Time(Bounds bounds) implements Scalar {
        /** Far below what a long holds in nanoseconds, which is what deadlines are made of. */
        private static final Duration LONGEST = Duration.ofDays(36_500);

        private static final Duration SHORTEST = Duration.ofMillis(1);

        @Override
        public Object read(ConfigValue value) throws Mismatch {
            try {
                Duration duration = value.atKey("value").getDuration("value");
                if (duration.isNegative()) {
                    throw new Mismatch(Mismatch.describe(value) + " is negative");
                }
                if (duration.compareTo(LONGEST) > 0) {
                    throw new Mismatch(Mismatch.describe(value) + " is more than a hundred years");
                }
                if (!duration.isZero() && hasNoUnit(value)) {
                    throw new Mismatch(Mismatch.describe(value) + " has no unit: ns, us, ms, s, m, h or d");
                }
                if (!duration.isZero() && duration.compareTo(SHORTEST) < 0) {
                    // It would be taken for nothing, which often means something else.
                    throw new Mismatch(Mismatch.describe(value) + " is less than a millisecond");
                }
                bounds.checkMillis(value, duration);
                return duration;
            } catch (ConfigException e) {
                throw Mismatch.of(value, "a duration (a number with ns, us, ms, s, m, h or d)");
            }
        }

        private static boolean hasNoUnit(ConfigValue value) {
            String text = String.valueOf(value.unwrapped()).strip();
            return !text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1));
        }

        @Override
        public Object placeholder() {
            return Duration.ZERO;
        }
    }

    /** A size as typesafe-config reads it; a number alone is in bytes. */
    record Size(Bounds bounds, boolean isLong) implements Scalar {
        @Override
        public Object read(ConfigValue value) throws Mismatch {
            try {
                long bytes = value.atKey("value").getMemorySize("value").toBytes();
                bounds.check(value, bytes);
                return isLong ? (Object) bytes : new Bytes(bytes);
            } catch (ConfigException | IllegalArgumentException e) { // the latter: more than a long holds
                throw Mismatch.of(value, "a size in bytes (a number, or one with k, m, g, kB, MB or GB)");
            }
        }

        @Override
        public Object placeholder() {
            return isLong ? (Object) 0L : new Bytes(0);
        }
    }

    /** Whatever stands there, for a plugin that reads it on its own. */
    record Raw() implements Scalar {
        @Override
        public Object read(ConfigValue value) {
            return value;
        }

        @Override
        public Object placeholder() {
            return ConfigValueFactory.fromAnyRef(null);
        }
    }
}
