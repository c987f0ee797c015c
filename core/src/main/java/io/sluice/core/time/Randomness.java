package io.sluice.core.time;

/**
 * The one source of chance. Everything that throws dice is given it, so that a simulation can be repeated from its seed.
 *
 * <p>Good for spreading load and jitter. Not for secrets: who sees some values can compute the next ones.
 *
 * <p><b>Thread:</b> says the implementation.
 */
public interface Randomness {
    /** Any of the 2^64 values, each as likely as the next. */
    long nextLong();

    /**
     * From 0 up to but not including {@code bound}. One {@link #nextLong()} per call, never a loop, so that a scripted
     * source cannot hang it; the price is a bias below 2^-32.
     *
     * @throws IllegalArgumentException if the bound is not positive
     */
    default int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, is " + bound);
        }
        return (int) Math.unsignedMultiplyHigh(nextLong(), bound);
    }
}
