package io.sluice.core.variable;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.time.Randomness;
import io.sluice.core.time.SeededRandomness;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DecimalTest {
    @Test
    void every_length_and_both_signs_are_right() {
        check(0);
        check(Long.MIN_VALUE);
        check(Long.MAX_VALUE);
        for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
            for (long value = power - 1; value <= power + 1; value++) {
                check(value);
                check(-value);
            }
        }
        Randomness seeded = new SeededRandomness(5);
        for (int i = 0; i < 10_000; i++) {
            check(seeded.nextLong() >> seeded.nextInt(64));
        }
    }

    private static void check(long value) {
        String expected = Long.toString(value);
        assertEquals(expected.length(), Decimal.length(value), expected);
        byte[] bytes = "######################".getBytes(US_ASCII);
        Decimal.put(value, bytes, 21);
        assertEquals("#".repeat(21 - expected.length()) + expected + "#", new String(bytes, US_ASCII));
    }
}
