package io.sluice.event.epoll;

import io.sluice.event.linux.EpollEvent;
import java.util.function.IntSupplier;

/**
 * A listening socket among what one epoll watches, level-triggered. What is watched exclusively cannot be modified, so a
 * pause takes the socket out.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class EpollWatch {
    private final EpollDriver driver;

    /** Asked each time: another thread may have closed the socket, and its number may be another's by now. */
    private final IntSupplier fd;

    private final int events;
    private final long token;
    private boolean on;
    private boolean closed;

    /** Watches from now on. */
    EpollWatch(EpollDriver driver, IntSupplier fd, int events, long token) {
        this.driver = driver;
        this.fd = fd;
        this.events = events;
        this.token = token;
        int result = resume();
        if (result < 0) {
            throw EpollDriver.refused("epoll_ctl() for a listening socket", result);
        }
    }

    boolean isOn() {
        return on;
    }

    void pause() {
        if (on) {
            on = false;
            driver.control(EpollEvent.DELETE, fd.getAsInt(), 0, 0);
        }
    }

    /** Answers 0 or {@code -errno}; a closed one stays out, which is no error. */
    int resume() {
        if (on || closed) {
            return 0;
        }
        int result = driver.control(EpollEvent.ADD, fd.getAsInt(), events, token);
        on = result == 0;
        return result;
    }

    /** Answers whether it was open until now. */
    boolean close() {
        if (closed) {
            return false;
        }
        pause();
        closed = true;
        return true;
    }
}
