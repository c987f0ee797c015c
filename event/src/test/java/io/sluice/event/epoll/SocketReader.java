package io.sluice.event.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.SocketOption;
import io.sluice.event.linux.LibC;
import io.sluice.event.spi.ListenSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Asks the system about the sockets of the epoll driver. */
final class SocketReader {
    private static final int TCP_INFO = 11;
    private static final int TCP_INFO_BYTES = 256;

    private SocketReader() {}

    static int option(Endpoint endpoint, SocketOption option) {
        return option(((EpollEndpoint) endpoint).fd(), Sockets.level(option), Sockets.name(option));
    }

    static int option(ListenSocket socket, int level, int name) {
        return option(((EpollListenSocket) socket).fd(), level, name);
    }

    private static int option(int fd, int level, int name) {
        try (Arena arena = Arena.ofConfined()) {
            return ask(arena, fd, level, name, Integer.BYTES).get(JAVA_INT, 0);
        }
    }

    /** A number of {@code struct tcp_info}, which only grows at its end. */
    static int tcpInfo(Endpoint endpoint, int offset) {
        return tcpInfo(((EpollEndpoint) endpoint).fd(), offset);
    }

    static int tcpInfo(ListenSocket socket, int offset) {
        return tcpInfo(((EpollListenSocket) socket).fd(), offset);
    }

    private static int tcpInfo(int fd, int offset) {
        try (Arena arena = Arena.ofConfined()) {
            return ask(arena, fd, Sockets.SOL_TCP, TCP_INFO, TCP_INFO_BYTES).get(JAVA_INT, offset);
        }
    }

    private static MemorySegment ask(Arena arena, int fd, int level, int name, int bytes) {
        MemorySegment value = arena.allocate(bytes, Long.BYTES);
        MemorySegment length = arena.allocateFrom(JAVA_INT, bytes);
        int result = LibC.getsockopt(LibC.errno(arena), fd, level, name, value.address(), length.address());
        assertEquals(0, result, "getsockopt");
        return value;
    }
}
