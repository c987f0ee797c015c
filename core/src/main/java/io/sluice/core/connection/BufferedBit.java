package io.sluice.core.connection;

/**
 * One of the eight bits of a connection, or of a request: while it is set, its owner still holds data and the exchange is not finished.
 * Handed out by {@link BufferedBits}.
 *
 * @param name who set it: a plugin's own word for it, as {@code echo.pending}
 * @param scope which of the two bytes it is in
 * @param mask exactly one bit
 */
public record BufferedBit(String name, Scope scope, int mask) {
    /** Whose byte a bit is in. */
    public enum Scope {
        CONNECTION,
        REQUEST
    }

    /** Connection bits below the write filter: while one is set, the write filter is not done. */
    public static final int LOW_LEVEL = 0x0f;

    public BufferedBit {
        if (Integer.bitCount(mask) != 1 || mask > 0x80 || mask < 1) {
            throw new IllegalArgumentException("a buffered bit is one of eight bits, not " + Integer.toHexString(mask));
        }
    }

    /** @throws IllegalArgumentException if it is a bit of the other byte */
    public void requireScope(Scope wanted) {
        if (scope != wanted) {
            throw new IllegalArgumentException("the bit " + name + " belongs to a " + scope + ", not to a " + wanted);
        }
    }
}
