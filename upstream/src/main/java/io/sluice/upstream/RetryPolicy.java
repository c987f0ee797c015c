package io.sluice.upstream;

/**
 * When a request that failed is given to another peer. The conditions are bits; two are the same for every protocol,
 * what the others mean is the consumer's.
 *
 * @param conditions the bits on which another peer is tried; none for never
 * @param tries attempts at most; 0 for as many as there are peers
 * @param timeoutMillis no further attempt begins when so much time has gone since the first; 0 for no limit
 * @param nonIdempotent whether also to repeat what is {@link Repeat#UNSAFE}
 */
public record RetryPolicy(int conditions, int tries, long timeoutMillis, boolean nonIdempotent) {
    /** The connection could not be made, or broke or ended before an answer. nginx's value. */
    public static final int ERROR = 0x2;

    /** A peer took too long. nginx's value. */
    public static final int TIMEOUT = 0x4;

    /** One attempt and no other. */
    public static final RetryPolicy NEVER = new RetryPolicy(0, 1, 0, false);

    public RetryPolicy {
        if (tries < 0 || timeoutMillis < 0) {
            throw new IllegalArgumentException("tries and timeout must not be negative");
        }
    }

    /**
     * Whether another attempt may be made.
     *
     * @param condition what happened: one bit, or several which must all be enabled; 0 for what no policy covers
     * @param triesLeft after the one that failed
     * @param elapsedMillis since the first attempt began
     */
    public boolean mayTryNext(int condition, Repeat repeat, int triesLeft, long elapsedMillis) {
        return triesLeft > 0
                && condition != 0
                && (condition & ~conditions) == 0
                && (timeoutMillis == 0 || elapsedMillis < timeoutMillis)
                && allows(repeat);
    }

    private boolean allows(Repeat repeat) {
        return switch (repeat) {
            case UNSENT, SAFE -> true;
            case UNSAFE -> nonIdempotent;
            case IMPOSSIBLE -> false;
        };
    }
}
