package io.sluice.event.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.event.linux.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose process may have no more descriptors, by a limit that the system really holds. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DescriptorShortageTest {
    private static final String SHORTAGE = "accept() failed, accepting pauses for 500 ms (24: Too many open files)";
    private static final List<String> NATIVE = List.of("--enable-native-access=ALL-UNNAMED");

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void who_finds_no_descriptor_waits_in_the_queue_and_is_served_when_there_is_one(String driver) throws Exception {
        Deque<Socket> served = new ArrayDeque<>();
        Deque<Socket> waiting = new ArrayDeque<>();
        try (ChildJvm child = ChildJvm.start(List.of(), NATIVE, ChildServer.class, driver)) {
            int port = Integer.parseInt(child.line());
            String before = counts(child);
            speak(client(port, served));
            assertEquals("NONE", child.ask("limit 3"));
            for (int i = 0; i < 3; i++) {
                speak(client(port, served));
            }
            for (int i = 0; i < 5; i++) {
                client(port, waiting).getOutputStream().write('w');
            }
            while (child.ask("logged " + SHORTAGE).equals("0")) {
                Thread.onSpinWait();
            }
            // Told at the end of the turn in which it was logged.
            while (!child.ask("open").equals("4")) {
                Thread.onSpinWait();
            }
            for (Socket idle : served) {
                // Not closed for the others, as with nginx.
                speak(idle);
            }
            assertEquals("NO_RESOURCE", child.ask("connect " + port));
            assertEquals("NO_DESCRIPTORS", child.ask("file " + Path.of("/proc/self/status")));
            // Each that goes lets the one in who waits longest.
            while (!waiting.isEmpty()) {
                served.removeFirst().close();
                Socket next = waiting.removeFirst();
                assertEquals('w', next.getInputStream().read());
                served.add(next);
            }
            speak(served.getLast());
            assertEquals("1", child.ask("logged " + SHORTAGE), "said once");
            assertEquals("NONE", child.ask("unlimit"));
            assertEquals("opened", child.ask("file /proc/self/status"));
            assertEquals("connecting", child.ask("connect " + port));
            for (int i = 0; i < 20; i++) {
                speak(client(port, served));
            }
            for (Socket socket : served) {
                socket.close();
            }
            while (!child.ask("open").equals("0")) {
                Thread.onSpinWait();
            }
            assertEquals(before, counts(child), "slots, buffers and descriptors");
            child.endInput();
            assertEquals(0, child.exitCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void a_server_that_cannot_open_its_sockets_says_why_and_ends(String driver) throws Exception {
        List<String> answers = new ArrayList<>();
        for (int free = 0; free < 12 && (answers.isEmpty() || !answers.getLast().matches("[0-9]+")); free++) {
            try (ChildJvm child = ChildJvm.start(List.of(), NATIVE, ChildServer.class, driver, String.valueOf(free))) {
                String answer = child.line();
                answers.add(answer == null ? "" : answer);
                child.endInput();
                assertEquals(0, child.exitCode(), answers.toString());
            }
        }
        assertTrue(answers.getFirst().contains("Too many open files"), answers.toString());
        assertTrue(answers.getLast().matches("[0-9]+"), answers.toString());
        for (String answer : answers.subList(0, answers.size() - 1)) {
            assertTrue(answer.contains("Too many open files"), answers.toString());
        }
    }

    private static String counts(ChildJvm child) throws IOException {
        String[] words = child.ask("memory").split(" ", -1);
        return words[3] + " " + words[4] + " " + words[5];
    }

    private static Socket client(int port, Deque<Socket> among) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        among.add(socket);
        return socket;
    }

    private static void speak(Socket socket) throws IOException {
        socket.getOutputStream().write('s');
        assertEquals('s', socket.getInputStream().read());
    }
}
