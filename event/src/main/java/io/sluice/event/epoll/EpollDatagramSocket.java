package io.sluice.event.epoll;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.ListenOptions;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.linux.SockAddr;
import io.sluice.event.spi.ListenException;
import io.sluice.event.spi.ListenSocket;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A listening socket for datagrams. Its sessions send by it, so the descriptor is open until the server has closed it and the last of them
 * is gone; nobody can take its number before.
 *
 * <p><b>Thread:</b> the one that starts and stops the server; {@link #hold} and {@link #release} any.
 */
final class EpollDatagramSocket implements ListenSocket {
    private final Address address;
    private final ListenOptions options;
    private final int fd;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    private EpollDatagramSocket(int fd, Address address, ListenOptions options) {
        this.fd = fd;
        this.address = address;
        this.options = options;
    }

    /** Refused if anybody else has the address, also another server of ours: of two of them each would get half of the clients. */
    static EpollDatagramSocket open(Address address, ListenOptions options) throws ListenException {
        return open(address, options, false);
    }

    @Override
    public ListenSocket sibling() throws ListenException {
        return open(address, options, true);
    }

    private static EpollDatagramSocket open(Address address, ListenOptions options, boolean beside)
            throws ListenException {
        Arguments arguments = new Arguments();
        int type = Sockets.SOCK_DGRAM | Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC;
        int fd = check(LibC.socket(arguments.errno, SockAddr.family(address), type, 0), "socket()", address);
        boolean open = false;
        try {
            configure(arguments, fd, address, options);
            if (beside) {
                share(arguments, fd, address);
            }
            bind(arguments, fd, address, options);
            if (!beside && options.reusePort()) {
                // Not before it is bound: the system then refuses an address that others share among themselves.
                share(arguments, fd, address);
            }
            Address bound = arguments.nameOf(fd);
            open = true;
            return new EpollDatagramSocket(fd, bound == null ? address : bound, options);
        } finally {
            if (!open) {
                LibC.close(arguments.errno, fd);
            }
        }
    }

    private static void share(Arguments arguments, int fd, Address address) throws ListenException {
        int shared = arguments.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_REUSEPORT, 1);
        check(shared, "setsockopt(SO_REUSEPORT)", address);
    }

    /** A refusal is not fatal, as in nginx: the system's own values stay. */
    private static void configure(Arguments arguments, int fd, Address address, ListenOptions options) {
        if (address.family() == Address.Family.INET6) {
            arguments.setOption(fd, Sockets.SOL_IPV6, Sockets.IPV6_V6ONLY, options.ipv6Only() ? 1 : 0);
        }
        if (options.receiveBufferBytes() > 0) {
            arguments.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_RCVBUF, options.receiveBufferBytes());
        }
        if (options.sendBufferBytes() > 0) {
            arguments.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_SNDBUF, options.sendBufferBytes());
        }
        if (address.isWildcard()) {
            if (address.family() == Address.Family.INET6) {
                arguments.setOption(fd, Sockets.SOL_IPV6, Sockets.IPV6_RECVPKTINFO, 1);
            } else {
                arguments.setOption(fd, Sockets.SOL_IP, Sockets.IP_PKTINFO, 1);
            }
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

    @Override
    public Address address() {
        return address;
    }

    /** Keeps the descriptor open, for one who has it open already. */
    void hold() {
        holders.incrementAndGet();
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            try (Arena arena = Arena.ofConfined()) {
                LibC.close(LibC.errno(arena), fd);
            }
        }
    }

    /** Of a unix socket the file goes at once: who sends from now on is refused. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (isFile(address)) {
            try (Arena arena = Arena.ofConfined()) {
                LibC.unlink(LibC.errno(arena), Arguments.path(arena, address.bytes()));
            }
        }
        release();
    }
}
