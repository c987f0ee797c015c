package io.sluice.event.epoll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.event.linux.LibC;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the wait of a driver from other threads, by an eventfd. However many ask before the worker has noticed, one of
 * them writes. The eventfd is watched edge-triggered and never read: each write is an edge, and its counter has room
 * for 2^64 of them.
 *
 * <p><b>Thread:</b> any for {@link #wake}, the worker for the rest.
 */
final class Waker {
    /** What the eventfd is reported under. The low half of a slot's token is its index, so it is no slot's. */
    static final long TOKEN = -1;

    private static final int EFD_CLOEXEC = 0x80000;
    private static final int EFD_NONBLOCK = 0x800;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment errno = LibC.errno(arena);
    private final MemorySegment one = arena.allocateFrom(JAVA_LONG, 1);
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Object writing = new Object();
    private final int fd;
    private boolean closed;

    Waker(Arguments arguments, int epoll) {
        fd = LibC.eventfd(arguments.errno, 0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (fd < 0) {
            throw EpollDriver.refused("eventfd()", fd);
        }
        EpollDriver.watchOwn(arguments, epoll, fd, TOKEN);
    }

    /**
     * Makes the wait end. The read-and-write is needed, a look at the flag would not do: what the caller has queued
     * must be seen by a worker that takes the flag away at the same time.
     */
    void wake() {
        if (!asked.getAndSet(true)) {
            write();
        }
    }

    /** Under a lock, so that the number of a closed eventfd, which may be a socket's by then, is not written to. */
    private void write() {
        synchronized (writing) {
            if (!closed) {
                LibC.write(errno, fd, one.address(), Long.BYTES);
            }
        }
    }

    /** The worker has seen it: the next to ask writes again. */
    void seen() {
        asked.set(false);
    }

    void close() {
        synchronized (writing) {
            if (!closed) {
                closed = true;
                LibC.close(errno, fd);
            }
        }
    }
}
