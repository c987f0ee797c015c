package io.sluice.testkit.origin;

import io.sluice.testkit.client.RawClient;

/**
 * A body of any length that is never held in memory. Its bytes repeat after a prime number of them, so that a lost,
 * doubled or swapped buffer of any usual size shows.
 */
public final class BigBody {

    private static final int PERIOD = 65_521;
    private static final byte[] BLOCK = block();

    private BigBody() {}

    private static byte[] block() {
        byte[] block = new byte[PERIOD];
        for (int i = 0; i < PERIOD; i++) {
            // the top byte of a multiplication by 2^32 / golden ratio: neighbours look unrelated
            block[i] = (byte) ((i * 0x9E3779B1) >>> 24);
        }
        return block;
    }

    /** The bytes from this offset of the body on. */
    public static byte[] bytes(long offset, int count) {
        byte[] bytes = new byte[count];
        int from = (int) (offset % PERIOD);
        for (int filled = 0; filled < count; ) {
            int length = Math.min(count - filled, PERIOD - from);
            System.arraycopy(BLOCK, from, bytes, filled, length);
            filled += length;
            from = 0;
        }
        return bytes;
    }

    /** A sink that fails with the offset of the first byte that is not the body's. It begins at offset 0. */
    public static RawClient.ByteSink checker() {
        return new RawClient.ByteSink() {
            private long offset;

            @Override
            public void take(byte[] bytes, int length) {
                int from = (int) (offset % PERIOD);
                for (int i = 0; i < length; i++) {
                    if (bytes[i] != BLOCK[from]) {
                        throw new AssertionError("byte " + (offset + i) + " of the body is wrong");
                    }
                    from = from + 1 == PERIOD ? 0 : from + 1;
                }
                offset += length;
            }
        };
    }
}
