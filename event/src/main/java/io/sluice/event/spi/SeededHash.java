package io.sluice.event.spi;

/** A hash of what clients choose, as their addresses: who does not know the seed cannot make all of his fall together. */
public final class SeededHash {
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private SeededHash() {}

    /**
     * Both halves of the product, so that every bit of either side moves all of the others in a way that the seed decides.
     *
     * @param hash of what came before; 0 at the beginning
     */
    public static long add(long seed, long hash, long part) {
        long a = part ^ seed;
        long b = hash ^ ODD;
        return Math.multiplyHigh(a, b) ^ a * b;
    }
}
