package io.sluice.stream.proxy;

import io.sluice.core.time.CachedTime;

/**
 * How fast one direction of a session may go, exactly by nginx's arithmetic: so many bytes for each second begun, and after each read
 * a pause as long as those bytes may take.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Pace {
    private static final long SECOND = 1_000_000_000;

    private final CachedTime time;
    private final long bytesPerSecond;
    private final long startNanos;

    /** @param bytesPerSecond 0 for no limit */
    Pace(CachedTime time, long bytesPerSecond) {
        this.time = time;
        this.bytesPerSecond = bytesPerSecond;
        this.startNanos = time.nanos();
    }

    boolean isLimited() {
        return bytesPerSecond > 0;
    }

    /** Bytes that may be read now; 0 for none. */
    int allowance(long received) {
        if (bytesPerSecond == 0) {
            return Integer.MAX_VALUE;
        }
        return Math.clamp(left(received), 0, Integer.MAX_VALUE);
    }

    /** How long to wait when nothing may be read. */
    long deficitMillis(long received) {
        return -left(received) * 1000 / bytesPerSecond + 1;
    }

    /** How long to wait after so many bytes were read. */
    long delayMillis(int bytes) {
        return bytesPerSecond == 0 ? 0 : bytes * 1000L / bytesPerSecond;
    }

    private long left(long received) {
        long seconds = (time.nanos() - startNanos) / SECOND + 1;
        // A rate above what the seconds could ever multiply is no limit.
        long allowed = bytesPerSecond > Long.MAX_VALUE / seconds ? Long.MAX_VALUE : bytesPerSecond * seconds;
        return allowed - received;
    }
}
