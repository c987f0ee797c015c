package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DigitsTest {

    @Test
    void numbers_of_every_length_are_written_as_the_jdk_writes_them() {
        for (int shift = 0; shift < 64; shift++) {
            assertWritten(Long.MAX_VALUE >>> shift);
        }
        long power = 1;
        for (int digits = 1; digits <= 18; digits++) {
            assertWritten(power - 1);
            assertWritten(power);
            power *= 10;
        }
        assertWritten(power - 1);
        assertWritten(power);
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            assertWritten(random.nextLong() >>> 1);
        }
    }

    @Test
    void hexadecimal_numbers_are_unsigned_and_decimal_ones_not_negative() {
        byte[] target = new byte[Digits.MOST_BYTES];
        assertEquals("ffffffffffffffff", Wire.text(target, 0, Digits.hex(-1, target, 0)));
        assertThrows(IllegalArgumentException.class, () -> Digits.decimal(-1, target, 0));
    }

    @Test
    void two_decimals_keep_their_zero() {
        byte[] target = new byte[4];
        assertEquals("0709", Wire.text(target, 0, Digits.twoDecimals(9, target, Digits.twoDecimals(7, target, 0))));
        assertEquals("1099", Wire.text(target, 0, Digits.twoDecimals(99, target, Digits.twoDecimals(10, target, 0))));
    }

    private static void assertWritten(long value) {
        byte[] target = new byte[Digits.MOST_BYTES + 2];
        int end = Digits.decimal(value, target, 2);
        assertEquals(Long.toString(value), Wire.text(target, 2, end - 2));
        assertEquals(end - 2, Digits.decimalLength(value));
        end = Digits.hex(value, target, 2);
        assertEquals(Long.toHexString(value), Wire.text(target, 2, end - 2));
        assertEquals(end - 2, Digits.hexLength(value));
    }
}
