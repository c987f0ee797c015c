package io.sluice.event.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.core.connection.Address;
import io.sluice.event.linux.EpollEvent;
import io.sluice.event.linux.LibC;
import io.sluice.event.linux.SockAddr;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Native memory for what one thread passes to the system and gets back, used by one call after the other. All of it is
 * of one arena: a call is given {@code errno} as a segment, which keeps alive what it is given by address.
 *
 * <p><b>Thread:</b> the one it was made for.
 */
final class Arguments {
    final Arena arena = Arena.ofAuto();
    final MemorySegment errno = LibC.errno(arena);

    /** One {@code struct epoll_event}. */
    final MemorySegment event = arena.allocate(EpollEvent.BYTES, Long.BYTES);

    final long eventAt = event.address();

    /** A socket address, and its length as the system wants it. */
    final MemorySegment sockAddr = arena.allocate(SockAddr.BYTES, Long.BYTES);

    final long sockAddrAt = sockAddr.address();
    private final MemorySegment length = arena.allocate(JAVA_INT);
    final long lengthAt = length.address();

    /** An option's value, or an offset. */
    final MemorySegment value = arena.allocate(JAVA_LONG);

    final long valueAt = value.address();

    /** Says how much room there is before the system is asked for an address. */
    void offerSockAddr() {
        length.set(JAVA_INT, 0, SockAddr.BYTES);
    }

    /** The address that the system left. */
    @Nullable
    Address sockAddr() {
        return SockAddr.get(sockAddr, length.get(JAVA_INT, 0));
    }

    /** @return 0 or {@code -errno} */
    int setOption(int fd, int level, int name, int option) {
        value.set(JAVA_INT, 0, option);
        return LibC.setsockopt(errno, fd, level, name, valueAt, Integer.BYTES);
    }

    /** As an option of two ints: SO_LINGER. */
    int setOption(int fd, int level, int name, int first, int second) {
        value.set(JAVA_INT, 0, first);
        value.set(JAVA_INT, Integer.BYTES, second);
        return LibC.setsockopt(errno, fd, level, name, valueAt, 2 * Integer.BYTES);
    }

    /** The error that the system keeps for a socket; asking takes it away. {@code -errno} if it cannot be asked. */
    int takeError(int fd) {
        length.set(JAVA_INT, 0, Integer.BYTES);
        int result = LibC.getsockopt(errno, fd, Sockets.SOL_SOCKET, Sockets.SO_ERROR, valueAt, lengthAt);
        return result < 0 ? result : value.get(JAVA_INT, 0);
    }

    /** Our own address of a socket. */
    @Nullable
    Address nameOf(int fd) {
        offerSockAddr();
        return LibC.getsockname(errno, fd, sockAddrAt, lengthAt) < 0 ? null : sockAddr();
    }

    /** The other side's address of a socket. */
    @Nullable
    Address peerOf(int fd) {
        offerSockAddr();
        return LibC.getpeername(errno, fd, sockAddrAt, lengthAt) < 0 ? null : sockAddr();
    }

    /** The address of a path with a zero byte after it. */
    static long path(Arena arena, byte[] bytes) {
        MemorySegment path = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, path, JAVA_BYTE, 0, bytes.length);
        return path.address();
    }
}
