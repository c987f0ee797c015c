package io.sluice.event.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.event.linux.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections that come, say a word and go leave nothing behind: neither memory of the process or of the heap, nor slabs, slots or
 * descriptors. So many of them as {@code sluice.soak} says: {@code full} is a million.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 40, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConnectionSoakTest {
    private static final boolean FULL = "full".equals(System.getProperty("sluice.soak"));
    private static final int CONNECTIONS = FULL ? 1_000_000 : 20_000;

    /** Until the code is compiled and what grows once has grown. */
    private static final int WARM_UP = FULL ? 100_000 : 10_000;

    /** What a process may differ by from one look to the next: late compilation, the C library's arenas. */
    private static final long RESIDENT_BYTES = 8 << 20;

    private static final long HEAP_BYTES = 512 << 10;

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void connections_that_come_and_go_leave_nothing(String driver) throws Exception {
        List<String> options =
                List.of("--enable-native-access=ALL-UNNAMED", "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch");
        try (ChildJvm child = ChildJvm.start(List.of(), options, ChildServer.class, driver)) {
            int port = Integer.parseInt(child.line());
            comeAndGo(port, WARM_UP);
            settle(child);
            Memory before = Memory.of(child);
            comeAndGo(port, CONNECTIONS);
            settle(child);
            Memory after = Memory.of(child);
            String both = before + " became " + after;
            assertEquals(before.slabBytesHeld(), after.slabBytesHeld(), both);
            assertEquals(0, after.slabBytesInUse(), both);
            assertEquals(before.freeSlots(), after.freeSlots(), both);
            assertEquals(before.descriptors(), after.descriptors(), both);
            assertTrue(after.heapBytes() - before.heapBytes() < HEAP_BYTES, both);
            assertTrue(after.residentBytes() - before.residentBytes() < RESIDENT_BYTES, both);
            child.endInput();
            assertEquals(0, child.exitCode());
        }
    }

    /** One after the other. Every second one is ended by the server; a reset frees the client's port at once. */
    private static void comeAndGo(int port, int times) throws IOException {
        InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < times; i++) {
            try (Socket socket = new Socket()) {
                socket.setSoLinger(true, 0);
                socket.connect(to);
                socket.getOutputStream().write(i % 2 == 0 ? 's' : 'q');
                assertEquals(i % 2 == 0 ? 's' : -1, socket.getInputStream().read());
            }
        }
    }

    private static void settle(ChildJvm child) throws IOException {
        while (!child.ask("open").equals("0")) {
            Thread.onSpinWait();
        }
        // Twice: what a collection finds dead may be gone from the process's memory only after the next.
        Memory.of(child);
    }
}
