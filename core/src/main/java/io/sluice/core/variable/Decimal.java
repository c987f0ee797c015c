package io.sluice.core.variable;

/** Numbers as decimal digits in a byte array, without a string in between. */
public final class Decimal {
    private Decimal() {}

    /** How many bytes the number takes, its sign included: 1 to 20. */
    public static int length(long value) {
        int length = value < 0 ? 2 : 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            length++;
        }
        return length;
    }

    /** Writes the number so that its last digit stands just before {@code end}. */
    public static void put(long value, byte[] into, int end) {
        int at = end;
        // Negative all the way: Long.MIN_VALUE has no positive twin.
        long rest = value < 0 ? value : -value;
        do {
            into[--at] = (byte) ('0' - rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            into[--at] = '-';
        }
    }
}
