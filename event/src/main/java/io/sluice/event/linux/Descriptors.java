package io.sluice.event.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.core.log.IoFault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How many descriptors this process may have open: RLIMIT_NOFILE. The JVM has raised the soft limit to the hard one
 * when it started.
 *
 * <p><b>Thread:</b> any.
 *
 * @param soft what holds now; {@link Long#MAX_VALUE} if there is no limit
 * @param hard up to where an ordinary user may raise the soft limit
 */
public record Descriptors(long soft, long hard) {
    private static final int RLIMIT_NOFILE = 7;
    private static final long INFINITY = -1;

    /**
     * The limits of this process.
     *
     * @throws IllegalStateException if the system refuses to tell
     */
    public static Descriptors limits() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(JAVA_LONG, 2);
            int result = LibC.getrlimit(LibC.errno(arena), RLIMIT_NOFILE, pair.address());
            if (result < 0) {
                throw new IllegalStateException("getrlimit() failed (" + Errno.fault(-result) + ")");
            }
            return new Descriptors(decode(pair.getAtIndex(JAVA_LONG, 0)), decode(pair.getAtIndex(JAVA_LONG, 1)));
        }
    }

    /**
     * Sets the soft limit, and raises the hard one if it is lower, which needs a privilege: nginx's
     * worker_rlimit_nofile.
     *
     * @return {@link IoFault#NONE}, or why the system refused
     */
    public static IoFault limit(long descriptors) {
        long hard = Math.max(descriptors, limits().hard);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(JAVA_LONG, 2);
            pair.setAtIndex(JAVA_LONG, 0, encode(descriptors));
            pair.setAtIndex(JAVA_LONG, 1, encode(hard));
            return Errno.fault(-LibC.setrlimit(LibC.errno(arena), RLIMIT_NOFILE, pair.address()));
        }
    }

    private static long decode(long limit) {
        return limit == INFINITY ? Long.MAX_VALUE : limit;
    }

    private static long encode(long limit) {
        return limit == Long.MAX_VALUE ? INFINITY : limit;
    }
}
