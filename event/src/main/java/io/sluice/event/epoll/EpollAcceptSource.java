package io.sluice.event.epoll;

import io.sluice.core.connection.Endpoint;
import io.sluice.core.log.IoFault;
import io.sluice.event.linux.EpollEvent;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.spi.AcceptSource;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket in one worker's epoll: level-triggered, and exclusive, so that a connection wakes one worker and
 * not all. What is watched exclusively cannot be modified, so a pause takes the socket out.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class EpollAcceptSource implements AcceptSource {
    private static final int FLAGS = Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC;

    /** As ngx_reorder_accept_events: after so many connections others come first. */
    private static final int TURN = 16;

    private final EpollDriver driver;
    private final EpollListenSocket socket;
    private final long token;
    private int lastError;
    private int accepted;
    private boolean watched;
    private boolean closed;

    EpollAcceptSource(EpollDriver driver, EpollListenSocket socket, long token) {
        this.driver = driver;
        this.socket = socket;
        this.token = token;
        if (!resume()) {
            throw EpollDriver.refused("epoll_ctl() for a listening socket", -lastError);
        }
        socket.watchers(1);
    }

    @Override
    public @Nullable Endpoint accept() {
        if (accepted >= TURN && watched && socket.isShared()) {
            accepted = 0;
            if (!standLast()) {
                return null;
            }
        }
        Arguments arguments = driver.arguments;
        int fd;
        do {
            arguments.offerSockAddr();
            fd = LibC.accept4(arguments.errno, socket.fd(), arguments.sockAddrAt, arguments.lengthAt, FLAGS);
        } while (fd == -Errno.EINTR);
        if (fd < 0) {
            lastError = fd == -Errno.EAGAIN ? 0 : -fd;
            return null;
        }
        accepted++;
        return new EpollEndpoint(driver, fd, arguments.sockAddr);
    }

    /**
     * Linux wakes the first of those that wait exclusively, in the order in which they began to watch: the others would
     * starve. Answers false if the system then refuses to watch the socket.
     */
    private boolean standLast() {
        pause();
        return resume();
    }

    @Override
    public IoFault fault() {
        return Errno.fault(lastError);
    }

    @Override
    public void pause() {
        if (watched) {
            watched = false;
            driver.control(EpollEvent.DELETE, socket.fd(), 0, 0);
        }
    }

    @Override
    public boolean resume() {
        if (watched || closed) {
            return true;
        }
        int result = driver.control(EpollEvent.ADD, socket.fd(), EpollEvent.IN | EpollEvent.EXCLUSIVE, token);
        watched = result == 0;
        if (result < 0) {
            lastError = -result;
        }
        return watched;
    }

    @Override
    public boolean isWatched() {
        return watched;
    }

    @Override
    public void close() {
        if (!closed) {
            pause();
            closed = true;
            socket.watchers(-1);
        }
    }
}
