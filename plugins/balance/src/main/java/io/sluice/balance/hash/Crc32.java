package io.sluice.balance.hash;

/**
 * The CRC-32 of zlib and nginx, in steps: the state after some bytes can be gone on from more than once, which the JDK's
 * does not offer.
 */
final class Crc32 {
    /** The state before the first byte. */
    static final int START = ~0;

    private static final int POLYNOMIAL = 0xEDB88320;
    private static final int[] TABLE = table();

    private Crc32() {}

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ POLYNOMIAL;
            }
            table[i] = value;
        }
        return table;
    }

    /** @return the state after one more byte */
    static int add(int state, int octet) {
        return state >>> 8 ^ TABLE[(state ^ octet) & 255];
    }

    /** @return the state after some more bytes, the first {@code length} of these */
    static int add(int state, byte[] octets, int length) {
        int after = state;
        for (int i = 0; i < length; i++) {
            after = add(after, octets[i]);
        }
        return after;
    }

    /** @return the state after the four bytes of a number, the lowest first */
    static int addLittleEndian(int state, int number) {
        return add(add(add(add(state, number), number >>> 8), number >>> 16), number >>> 24);
    }

    /** @return the state after the digits of a number, which is not negative */
    static int addDecimal(int state, int number) {
        int before = number < 10 ? state : addDecimal(state, number / 10);
        return add(before, '0' + number % 10);
    }

    /** @return the checksum of the bytes so far */
    static int end(int state) {
        return ~state;
    }
}
