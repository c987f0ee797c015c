package io.sluice.event.epoll;

import io.sluice.event.linux.LibC;

/** A waker with the epoll that it wakes. The native memory is that of all of them, under a lock. */
final class PolledWaker {
    private static final Arguments ARGUMENTS = new Arguments();

    final Waker waker;
    private final int epoll;

    PolledWaker() {
        synchronized (ARGUMENTS) {
            epoll = LibC.epollCreate1(ARGUMENTS.errno, 0);
            waker = new Waker(ARGUMENTS, epoll);
        }
    }

    /** Whether a wait would end at once. The next one would not, for that. */
    boolean endsWait() {
        synchronized (ARGUMENTS) {
            return LibC.epollWait(ARGUMENTS.errno, epoll, ARGUMENTS.eventAt, 1, 0) == 1;
        }
    }

    void close() {
        waker.close();
        synchronized (ARGUMENTS) {
            LibC.close(ARGUMENTS.errno, epoll);
        }
    }
}
