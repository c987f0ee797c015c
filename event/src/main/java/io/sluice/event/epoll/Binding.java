package io.sluice.event.epoll;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.ListenOptions;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.linux.SockAddr;
import io.sluice.event.spi.ListenException;
import java.lang.foreign.Arena;

/**
 * Takes the address of a listening socket, whatever it carries, and gives it back: of a unix socket it is a file.
 *
 * <p><b>Thread:</b> the one that starts and stops the server.
 */
final class Binding {
    private Binding() {}

    /** @param type {@code SOCK_STREAM} or {@code SOCK_DGRAM} */
    static int socket(Arguments arguments, Address address, int type) throws ListenException {
        int flags = type | Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC;
        return check(LibC.socket(arguments.errno, SockAddr.family(address), flags, 0), "socket()", address);
    }

    /** Before the bind: whose clients it takes, and its buffers. A refusal is not fatal, as in nginx: the system's own values stay. */
    static void configure(Arguments arguments, int fd, Address address, ListenOptions options) {
        if (address.family() == Address.Family.INET6) {
            arguments.setOption(fd, Sockets.SOL_IPV6, Sockets.IPV6_V6ONLY, options.ipv6Only() ? 1 : 0);
        }
        if (options.receiveBufferBytes() > 0) {
            arguments.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_RCVBUF, options.receiveBufferBytes());
        }
        if (options.sendBufferBytes() > 0) {
            arguments.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_SNDBUF, options.sendBufferBytes());
        }
    }

    /** Lets the other workers' sockets have the same address. */
    static void share(Arguments arguments, int fd, Address address) throws ListenException {
        int shared = arguments.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_REUSEPORT, 1);
        check(shared, "setsockopt(SO_REUSEPORT)", address);
    }

    static void bind(Arguments arguments, int fd, Address address, ListenOptions options) throws ListenException {
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

    static int check(int result, String operation, Address address) throws ListenException {
        if (result < 0) {
            throw new ListenException(operation + " to " + address, Errno.fault(-result));
        }
        return result;
    }

    /** Removes the file of a unix socket: who comes from now on is refused. */
    static void remove(Address address) {
        if (isFile(address)) {
            try (Arena arena = Arena.ofConfined()) {
                LibC.unlink(LibC.errno(arena), Arguments.path(arena, address.bytes()));
            }
        }
    }

    private static boolean isFile(Address address) {
        return address.isUnix() && address.length() > 0 && !address.isAbstract();
    }
}
