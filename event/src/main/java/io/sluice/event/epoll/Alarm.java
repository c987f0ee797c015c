package io.sluice.event.epoll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.core.time.CachedTime;
import io.sluice.event.linux.LibC;
import java.lang.foreign.MemorySegment;

/**
 * Ends the wait of a driver when a timer is due, by a timerfd. A timeout of epoll_wait is a timer which the kernel sets and
 * takes down again at each sleep, nearly always for nothing: it is a tenth of what a sleep costs. The alarm is set once, for the
 * first of the moments, and left alone while the moments that come after it are later; that it rings early once in a while costs less.
 *
 * <p>Watched edge-triggered and never read, as the {@link Waker}'s eventfd.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Alarm {
    /** What the timerfd is reported under: no slot's token, as {@link Waker#TOKEN}. */
    static final long TOKEN = -2;

    /** A shorter wait is likely to last until its end, and would want the alarm set each time: it has a timeout. */
    static final long NEAR_NANOS = 10_000_000;

    private static final int CLOCK_MONOTONIC = 1;
    private static final int TFD_CLOEXEC = 0x80000;
    private static final int TFD_NONBLOCK = 0x800;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    // struct itimerspec is four words; the first two, zeros, say that it rings once.
    private static final int ITIMERSPEC_BYTES = 4 * Long.BYTES;
    private static final int SECONDS = 2 * Long.BYTES;
    private static final int NANOS = 3 * Long.BYTES;

    private final MemorySegment errno;
    private final MemorySegment spec;
    private final CachedTime time;
    private final int fd;
    private boolean set;
    private long ringsAt;

    Alarm(Arguments arguments, int epoll, CachedTime time) {
        this.errno = arguments.errno;
        this.spec = arguments.arena.allocate(ITIMERSPEC_BYTES, Long.BYTES);
        this.time = time;
        fd = LibC.timerfdCreate(errno, CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
        if (fd < 0) {
            throw EpollDriver.refused("timerfd_create()", fd);
        }
        EpollDriver.watchOwn(arguments, epoll, fd, TOKEN);
    }

    /** Whether a wait that is to end after so long, negative for never, needs no timeout because the alarm ends it. */
    boolean endsIn(long nanos) {
        if (nanos < NEAR_NANOS) {
            return false;
        }
        long end = time.nanos() + nanos;
        return set && end - ringsAt >= 0 || setTo(end, nanos);
    }

    private boolean setTo(long end, long nanos) {
        spec.set(JAVA_LONG, SECONDS, nanos / NANOS_PER_SECOND);
        spec.set(JAVA_LONG, NANOS, nanos % NANOS_PER_SECOND);
        set = LibC.timerfdSettime(errno, fd, 0, spec.address()) == 0;
        ringsAt = end;
        return set;
    }

    /** The driver has seen it: the next wait sets it again. */
    void rang() {
        set = false;
    }

    void close() {
        LibC.close(errno, fd);
    }
}
