package io.sluice.event.epoll;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.SocketOption;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.linux.SockAddr;
import io.sluice.event.spi.ListenException;
import io.sluice.event.spi.ListenSocket;
import java.lang.foreign.Arena;
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
        int type = Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC;
        int fd = check(LibC.socket(arguments.errno, SockAddr.family(address), type, 0), "socket()", address);
        boolean listening = false;
        try {
            configure(arguments, fd, address, options);
            bind(arguments, fd, address, options);
            check(LibC.listen(arguments.errno, fd, options.backlog()), "listen()", address);
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
        check(reuse, "setsockopt(SO_REUSEADDR)", address);
        if (options.reusePort()) {
            // Without it the next worker's bind would fail, with a reason that misleads.
            int shared = arguments.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_REUSEPORT, 1);
            check(shared, "setsockopt(SO_REUSEPORT)", address);
        }
        if (address.family() == Address.Family.INET6) {
            arguments.setOption(fd, Sockets.SOL_IPV6, Sockets.IPV6_V6ONLY, options.ipv6Only() ? 1 : 0);
        }
        if (options.receiveBufferBytes() > 0) {
            arguments.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_RCVBUF, options.receiveBufferBytes());
        }
        if (options.sendBufferBytes() > 0) {
            arguments.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_SNDBUF, options.sendBufferBytes());
        }
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

    private static void bind(Arguments arguments, int fd, Address address, ListenOptions options)
            throws ListenException {
        int result = bind(arguments, fd, address);
        if (result == -Errno.EADDRINUSE && isFile(address) && UnixLeftover.removed(arguments, address)) {
            result = bind(arguments, fd, address);
        }
        check(result, "bind()", address);
        if (isFile(address)) {
            try (Arena arena = Arena.ofConfined()) {
                long path = Arguments.path(arena, address.bytes());
                check(LibC.chmod(arguments.errno, path, options.fileMode()), "chmod()", address);
            }
        }
    }

    private static int bind(Arguments arguments, int fd, Address address) {
        int length = SockAddr.put(address, arguments.sockAddr);
        return length == 0 ? -Errno.EINVAL : LibC.bind(arguments.errno, fd, arguments.sockAddrAt, length);
    }

    private static int check(int result, String operation, Address address) throws ListenException {
        if (result < 0) {
            throw new ListenException(operation + " to " + address, Errno.fault(-result));
        }
        return result;
    }

    private static boolean isFile(Address address) {
        return address.isUnix() && address.length() > 0 && !address.isAbstract();
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
        if (isFile(address)) {
            try (Arena arena = Arena.ofConfined()) {
                LibC.unlink(arguments.errno, Arguments.path(arena, address.bytes()));
            }
        }
    }
}
