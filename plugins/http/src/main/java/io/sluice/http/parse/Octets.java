package io.sluice.http.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Classes of bytes by RFC 9110, and searches that look at eight bytes at a time. */
final class Octets {
    static final byte HTAB = '\t';
    static final byte LF = '\n';
    static final byte CR = '\r';
    static final byte SP = ' ';

    /** The bit in which ASCII letters of both cases differ, in every byte of a word. */
    static final long FOLD = 0x2020_2020_2020_2020L;

    static final long COLONS = 0x3a3a_3a3a_3a3a_3a3aL;

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long DELS = 0x7f7f_7f7f_7f7f_7f7fL;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] HEX = new byte[256];

    static {
        Arrays.fill(HEX, (byte) -1);
        for (int c = 0; c < 128; c++) {
            HEX[c] = (byte) Character.digit(c, 16);
        }
    }

    private Octets() {}

    /** The eight bytes from {@code at} on, the first one lowest. All eight must be inside the caller's window. */
    static long word(byte[] bytes, int at) {
        return (long) WORD.get(bytes, at);
    }

    /** The lowest {@code count} bytes of a word, 0..7. */
    static long low(long word, int count) {
        return word & ((1L << (count << 3)) - 1);
    }

    /** The lowest set bit marks the first byte of {@code word} that equals those of {@code pattern}; 0 if none does. */
    static long matches(long word, long pattern) {
        long difference = word ^ pattern;
        return (difference - ONES) & ~difference & HIGHS;
    }

    /** How many bytes stand before the one that the lowest set bit marks. */
    static int index(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /** @return where the first control byte other than HTAB is in {@code [from, to)}, or {@code to} */
    static int control(byte[] bytes, int from, int to) {
        int i = from;
        while (i <= to - 8) {
            long word = word(bytes, i);
            // Less than a space, or DEL. A borrow may mark a byte wrongly, but only above one that is marked rightly.
            long marks = ((word - FOLD) | ((word ^ DELS) - ONES)) & ~word & HIGHS;
            if (marks == 0) {
                i += 8;
                continue;
            }
            i += index(marks);
            if (bytes[i] != HTAB) {
                return i;
            }
            i++;
        }
        while (i < to && !isControl(bytes[i])) {
            i++;
        }
        return i;
    }

    /** HTAB is none: it may stand wherever a space may. */
    static boolean isControl(byte b) {
        return (b >= 0 && b < SP && b != HTAB) || b == 0x7f;
    }

    static boolean isBlank(byte b) {
        return b == SP || b == HTAB;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** @return 0..15, or -1 if the byte is no hexadecimal digit */
    static int hex(byte b) {
        return HEX[b & 0xff];
    }

    static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }

    /**
     * Whether the bytes, of which none is a control, are {@code lower} in any case of letters.
     *
     * @param lower of lower case letters, digits and hyphens, which only a control byte could be folded to
     */
    static boolean same(byte[] bytes, int from, int to, byte[] lower) {
        if (to - from != lower.length) {
            return false;
        }
        int i = 0;
        for (; i <= lower.length - 8; i += 8) {
            if ((word(bytes, from + i) | FOLD) != (word(lower, i) | FOLD)) {
                return false;
            }
        }
        for (; i < lower.length; i++) {
            if ((bytes[from + i] | 0x20) != lower[i]) {
                return false;
            }
        }
        return true;
    }
}
