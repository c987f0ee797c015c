package io.sluice.event.epoll;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.SocketOption;
import io.sluice.event.linux.LibC;
import io.sluice.event.spi.ListenException;
import io.sluice.event.spi.ListenSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A listening socket, opened as ngx_open_listening_sockets does; the file of a unix socket is removed when it is closed.
 *
 * <p><b>Thread:</b> the one that starts and stops the server, but for the watchers.
 */
final class EpollListenSocket implements ListenSocket {
    /** As nginx: what comes first is waited for that long, roughly. */
    private static final int DEFER_SECONDS = 1;

    private final Arguments arguments;
    private final Address address;
    private final AtomicInteger watchers = new AtomicInteger();
    private int fd;

    private EpollListenSocket(Arguments arguments, int fd, Address address) {
        this.arguments = arguments;
        this.fd = fd;
        this.address = address;
    }

    static EpollListenSocket open(Address address, ListenOptions options) throws ListenException {
        Arguments arguments = new Arguments();
        int fd = Binding.socket(arguments, address, Sockets.SOCK_STREAM);
        boolean listening = false;
        try {
            configure(arguments, fd, address, options);
            Binding.bind(arguments, fd, address, options);
            Binding.check(LibC.listen(arguments.errno, fd, options.backlog()), "listen()", address);
            Address bound = arguments.nameOf(fd);
            listening = true;
            return new EpollListenSocket(arguments, fd, bound == null ? address : bound);
        } finally {
            if (!listening) {
                LibC.close(arguments.errno, fd);
            }
        }
    }

    /** Accepted sockets inherit these. A refusal is not fatal, as in nginx: the system's own values stay. */
    private static void configure(Arguments arguments, int fd, Address address, ListenOptions options)
            throws ListenException {
        int reuse = arguments.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_REUSEADDR, 1);
        Binding.check(reuse, "setsockopt(SO_REUSEADDR)", address);
        if (options.reusePort()) {
            // Without it the next worker's bind would fail, with a reason that misleads.
            Binding.share(arguments, fd, address);
        }
        Binding.configure(arguments, fd, address, options);
        if (!address.isUnix()) {
            configureTcp(arguments, fd, options);
        }
    }

    private static void configureTcp(Arguments arguments, int fd, ListenOptions options) {
        ProbeOptions.set(arguments, fd, options.keepalive());
        if (options.notSentLowatBytes() > 0) {
            SocketOption lowat = SocketOption.NOTSENT_LOWAT;
            arguments.setOption(fd, Sockets.level(lowat), Sockets.name(lowat), options.notSentLowatBytes());
        }
        if (options.deferred()) {
            arguments.setOption(fd, Sockets.SOL_TCP, Sockets.TCP_DEFER_ACCEPT, DEFER_SECONDS);
        }
        if (options.fastOpen() > 0) {
            arguments.setOption(fd, Sockets.SOL_TCP, Sockets.TCP_FASTOPEN, options.fastOpen());
        }
    }

    int fd() {
        return fd;
    }

    /** Counts a worker that watches it, or, by -1, that does so no more. Any thread. */
    void watchers(int change) {
        watchers.addAndGet(change);
    }

    /** Whether several workers watch it. Any thread. */
    boolean isShared() {
        return watchers.get() > 1;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public void close() {
        if (fd < 0) {
            return;
        }
        LibC.close(arguments.errno, fd);
        fd = -1;
        Binding.remove(address);
    }
}
