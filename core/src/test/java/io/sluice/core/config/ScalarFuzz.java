package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** For a fuzzer: a plain value is refused in words, or is within its bounds and the same when it is written and read again. */
final class ScalarFuzz {
    private static final Bounds ANY = new Bounds(0, Long.MAX_VALUE, "");
    private static final Bounds SOME = new Bounds(10, 1 << 20, " bytes");
    private static final List<Scalar> SCALARS = List.of(
            new Scalar.Text(),
            new Scalar.Switch(),
            new Scalar.Fraction(SOME),
            new Scalar.Whole(ANY.within(Integer.MIN_VALUE, Integer.MAX_VALUE), true),
            new Scalar.Whole(SOME, false),
            new Scalar.Time(ANY),
            new Scalar.Time(SOME),
            new Scalar.Size(ANY, true),
            new Scalar.Size(SOME, false));

    private ScalarFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        ConfigValue value = ConfigValueFactory.fromAnyRef(new String(data, StandardCharsets.UTF_8));
        for (Scalar scalar : SCALARS) {
            Object read;
            try {
                read = scalar.read(value);
            } catch (Mismatch refused) {
                assertFalse(String.valueOf(refused.getMessage()).isEmpty());
                continue;
            }
            try {
                assertEquals(read, scalar.read(ConfigValueFactory.fromAnyRef(written(read))));
            } catch (Mismatch mismatch) {
                throw new AssertionError(written(read), mismatch);
            }
        }
    }

    private static String written(Object read) {
        return switch (read) {
            case Duration time -> {
                assertTrue(!time.isNegative() && time.compareTo(Duration.ofDays(36_500)) <= 0);
                yield time.toNanos() + "ns";
            }
            case Bytes size -> {
                assertTrue(size.count() >= 10 && size.count() <= 1 << 20);
                yield size.count() + "B";
            }
            default -> read.toString();
        };
    }
}
