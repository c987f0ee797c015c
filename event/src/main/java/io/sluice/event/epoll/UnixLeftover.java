package io.sluice.event.epoll;

import io.sluice.core.connection.Address;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.linux.SockAddr;
import io.sluice.event.linux.Statx;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The file of a unix socket on which nobody listens any more, as a server leaves it that was killed. */
final class UnixLeftover {
    private UnixLeftover() {}

    /** Removes it if it is one; anything else, and a socket on which somebody listens, stays. */
    static boolean removed(Arguments arguments, Address address) {
        try (Arena arena = Arena.ofConfined()) {
            long path = Arguments.path(arena, address.bytes());
            MemorySegment status = arena.allocate(Statx.BYTES, Long.BYTES);
            int known = LibC.statx(
                    arguments.errno, LibC.AT_FDCWD, path, Statx.AT_SYMLINK_NOFOLLOW, Statx.WANTED, status.address());
            return known == 0
                    && Statx.isSocket(status)
                    && refuses(arguments, address)
                    && LibC.unlink(arguments.errno, path) == 0;
        }
    }

    private static boolean refuses(Arguments arguments, Address address) {
        // Of this type whatever it is: a socket of the other one that is there answers EPROTOTYPE.
        int type = Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC;
        int fd = LibC.socket(arguments.errno, SockAddr.AF_UNIX, type, 0);
        if (fd < 0) {
            return false;
        }
        int length = SockAddr.put(address, arguments.sockAddr);
        int result = LibC.connect(arguments.errno, fd, arguments.sockAddrAt, length);
        LibC.close(arguments.errno, fd);
        return result == -Errno.ECONNREFUSED;
    }
}
