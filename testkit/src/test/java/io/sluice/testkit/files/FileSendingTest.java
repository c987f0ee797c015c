package io.sluice.testkit.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and memory through a whole connection, on both drivers. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileSendingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Path path;
    private final byte[] content = new byte[300_000];

    @BeforeEach
    void write() throws IOException {
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 + i / 251);
        }
        path = Files.write(folder.resolve("file"), content);
    }

    /** Each digit is a seed of parts and of the bites in which they are sent. */
    @ParameterizedTest
    @CsvSource({"epoll, 2k", "epoll, 9k", "epoll, 200k", "nio, 2k", "nio, 9k", "nio, 200k"})
    void parts_of_memory_and_of_a_file_arrive_as_they_are(String driver, String buffer) throws Exception {
        String listen = "sender.listen = { address = \"127.0.0.1:0\", sndbuf = " + buffer + ", rcvbuf = 4k }";
        try (TestServer server =
                TestServer.of(new FileSender(path)).driver(driver).start(listen)) {
            for (int seed = '0'; seed <= '9'; seed++) {
                byte[] expected = Parts.of(seed, content.length).bytes(content);
                try (Socket client = say(server, seed)) {
                    byte[] received = client.getInputStream().readAllBytes();
                    assertArrayEquals(expected, received, "seed " + seed);
                }
            }
            server.awaitOpen(0);
            server.assertNothingHeld();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void a_file_that_shrinks_while_it_is_sent_ends_the_connection(String driver) throws Exception {
        Queue<Runnable> held = new ConcurrentLinkedQueue<>();
        try (TestServer server = serving(driver, held);
                Socket client = say(server, 'f')) {
            int received = 0;
            if (driver.equals("nio")) {
                Await.until("the load is asked for", PATIENCE, () -> !held.isEmpty());
            } else {
                // Its first byte says that the file is open.
                assertTrue(client.getInputStream().read() >= 0);
                received = 1;
            }
            truncate(1000);
            runAll(held);
            received += client.getInputStream().readAllBytes().length;
            assertTrue(received <= content.length);
            server.awaitOpen(0);
            if (received < content.length) {
                Await.until(
                        "the log tells it",
                        PATIENCE,
                        () -> server.log().has("a file became shorter while it was sent"));
            }
            if (driver.equals("nio")) {
                assertEquals(1000, received);
            }
        }
    }

    /** What is not in memory is read elsewhere, and nobody waits but who asked for it. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void while_a_file_is_loaded_the_others_are_served(String driver) throws Exception {
        notInMemory();
        Queue<Runnable> held = new ConcurrentLinkedQueue<>();
        try (TestServer server = serving(driver, held);
                Socket slow = say(server, 'f')) {
            Socket impatient = say(server, 'f');
            Await.until("two loads are asked for", PATIENCE, () -> held.size() == 2);
            for (int i = 0; i < 5; i++) {
                try (Socket other = say(server, 'p')) {
                    byte[] pong = other.getInputStream().readAllBytes();
                    assertEquals("pong", new String(pong, StandardCharsets.US_ASCII));
                }
            }
            // Who goes away while it loads is not touched any more.
            impatient.setSoLinger(true, 0);
            impatient.close();
            runAll(held);
            assertEquals(content.length, slow.getInputStream().readAllBytes().length);
            server.awaitOpen(0);
            server.assertNothingHeld();
            assertEquals(0, server.counters().failures());
        }
    }

    /** A hole that nobody has read is in no memory. */
    private void notInMemory() throws IOException {
        Files.delete(path);
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength(content.length);
        }
    }

    private void truncate(long bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(bytes);
        }
    }

    private TestServer serving(String driver, Queue<Runnable> held) {
        return TestServer.of(new FileSender(path))
                .driver(driver)
                .loads(held::add)
                .start("sender.listen = { address = \"127.0.0.1:0\", sndbuf = 4k }");
    }

    /** On a thread that may wait. */
    private static void runAll(Queue<Runnable> held) {
        for (Runnable load = held.poll(); load != null; load = held.poll()) {
            load.run();
        }
    }

    private static Socket say(TestServer server, int word) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
        client.getOutputStream().write(word);
        return client;
    }
}
