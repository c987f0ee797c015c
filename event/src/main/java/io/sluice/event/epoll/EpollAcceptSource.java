package io.sluice.event.epoll;

import io.sluice.core.connection.Endpoint;
import io.sluice.core.log.IoFault;
import io.sluice.event.linux.EpollEvent;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.spi.AcceptSource;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket in one worker's epoll, watched exclusively: a connection wakes one worker and not all.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class EpollAcceptSource implements AcceptSource {
    private static final int FLAGS = Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC;

    /** As ngx_reorder_accept_events: after so many connections others come first. */
    private static final int TURN = 16;

    private final EpollDriver driver;
    private final EpollListenSocket socket;
    private final EpollWatch watch;
    private int lastError;
    private int accepted;

    EpollAcceptSource(EpollDriver driver, EpollListenSocket socket, long token) {
        this.driver = driver;
        this.socket = socket;
        this.watch = new EpollWatch(driver, socket::fd, EpollEvent.IN | EpollEvent.EXCLUSIVE, token);
        socket.watchers(1);
    }

    @Override
    public @Nullable Endpoint accept() {
        if (accepted >= TURN && watch.isOn() && socket.isShared()) {
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
        watch.pause();
    }

    @Override
    public boolean resume() {
        int result = watch.resume();
        if (result < 0) {
            lastError = -result;
        }
        return result == 0;
    }

    @Override
    public boolean isWatched() {
        return watch.isOn();
    }

    @Override
    public void close() {
        if (watch.close()) {
            socket.watchers(-1);
        }
    }
}
