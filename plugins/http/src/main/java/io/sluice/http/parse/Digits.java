package io.sluice.http.parse;

/** Writes numbers as ASCII into a byte array, without making anything on the way. */
public final class Digits {
    /** Room that any number needs in either base. */
    public static final int MOST_BYTES = 20;

    /** Two digits for each of 0..99, so that a division yields two of them. */
    private static final byte[] PAIRS = new byte[200];

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[i * 2] = (byte) ('0' + i / 10);
            PAIRS[i * 2 + 1] = (byte) ('0' + i % 10);
        }
    }

    private Digits() {}

    /** @return how many digits {@code value}, which is not negative, has in base 10 */
    public static int decimalLength(long value) {
        int length = 1;
        for (long bound = 10; length < 19 && value >= bound; bound *= 10) {
            length++;
        }
        return length;
    }

    /** @return how many digits {@code value}, taken as unsigned, has in base 16 */
    public static int hexLength(long value) {
        return (67 - Long.numberOfLeadingZeros(value | 1)) >> 2;
    }

    /**
     * @param value not negative
     * @return behind the last digit written
     */
    public static int decimal(long value, byte[] target, int at) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        int end = at + decimalLength(value);
        int i = end;
        long rest = value;
        while (rest >= 10) {
            long hundreds = rest / 100;
            int pair = (int) (rest - hundreds * 100) << 1;
            target[--i] = PAIRS[pair + 1];
            target[--i] = PAIRS[pair];
            rest = hundreds;
        }
        if (i > at) {
            target[at] = (byte) ('0' + rest);
        }
        return end;
    }

    /** Two decimal digits, as dates need them: 0..99. @return {@code at + 2} */
    public static int twoDecimals(int value, byte[] target, int at) {
        target[at] = PAIRS[value << 1];
        target[at + 1] = PAIRS[(value << 1) + 1];
        return at + 2;
    }

    /**
     * Lower case, without leading zeros: the form of a chunk size.
     *
     * @param value taken as unsigned
     * @return behind the last digit written
     */
    public static int hex(long value, byte[] target, int at) {
        int end = at + hexLength(value);
        long rest = value;
        for (int i = end - 1; i >= at; i--) {
            target[i] = HEX[(int) rest & 0xf];
            rest >>>= 4;
        }
        return end;
    }
}
