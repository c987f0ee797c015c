package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.wire.Await;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process, seen from outside. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServingTest {

    private static final String GET = RawClient.lines("""
            GET / HTTP/1.1
            Host: a

            """);

    private static final String HELLO = """
            workers = 1
            error-log { file = "logs/error.log", level = notice }
            status { file = "logs/status.json", interval = 20ms }
            http {
              access-log.file = "logs/access.log"
              servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", return { status = 200, text = "hello" } } ] } ]
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void it_serves_until_a_signal_ends_it_although_clients_are_connected(String signal) throws Exception {
        try (ChildServer server = ChildServer.start(folder, HELLO).serving();
                RawClient client = RawClient.connect(server.port())) {
            assertTrue(server.out().contains("listens with 1 worker ("), server.out());
            assertTrue(server.out().contains("\nTry:  curl http://127.0.0.1:" + server.port() + "/\n"), server.out());
            assertEquals("hello", client.send(GET).response().text());
            server.signal(signal);
            assertEquals(0, server.exitCode());
            assertEquals("", server.err());
            assertTrue(errorLog().contains(": signal " + signal + " received"), errorLog());
        }
    }

    @Test
    void QUIT_finishes_the_request_that_runs_and_accepts_no_more() throws Exception {
        assumeTrue(ChildServer.blocksSignals());
        Steps steps = new Steps();
        try (Origin origin = Origin.stepping(steps, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", "late");
                ChildServer server = ChildServer.start(folder, proxyTo(origin)).serving();
                RawClient client = RawClient.connect(server.port())) {
            client.send(GET);
            steps.awaitReached(1);
            server.signal("QUIT");
            Await.until("nobody to accept", () -> isRefused(server.port()));
            steps.allow(2);
            assertEquals("late", client.response().text());
            client.awaitClosed();
            assertEquals(0, server.exitCode());
        }
    }

    @Test
    void USR1_goes_on_in_new_files_and_HUP_says_that_it_does_nothing() throws Exception {
        assumeTrue(ChildServer.blocksSignals());
        try (ChildServer server = ChildServer.start(folder, HELLO).serving();
                RawClient client = RawClient.connect(server.port())) {
            client.send(GET).response();
            Path log = folder.resolve("logs/access.log");
            Path old = folder.resolve("logs/access.log.1");
            Await.until("the first line", () -> lines(log) == 1);
            Files.move(log, old);
            server.signal("USR1");
            Await.until("a new file", () -> Files.exists(log));
            client.send(GET).response();
            Await.until("the second line", () -> lines(log) == 1);
            assertEquals(1, lines(old));

            server.signal("HUP");
            Await.until("a line about it", () -> errorLog().contains("[warn]"));
            assertTrue(errorLog().contains("signal HUP received"), errorLog());
            assertEquals(200, client.send(GET).response().status());
        }
    }

    @Test
    void the_counters_of_the_workers_are_in_the_status_file() throws Exception {
        Path status = folder.resolve("logs/status.json");
        try (ChildServer server = ChildServer.start(folder, HELLO).serving()) {
            try (RawClient client = RawClient.connect(server.port())) {
                client.send(GET).response();
                Await.until("a connection in it", () -> ChildServer.read(status).contains("\"connections\":1,"));
                String line = ChildServer.read(status);
                assertTrue(line.startsWith("{\"slabBytesInUse\":"), line);
                assertTrue(line.endsWith("}]}\n"), line);
            }
            Await.until("no connection in it", () -> ChildServer.read(status).contains("\"connections\":0,"));
        }
    }

    @Test
    void a_port_that_is_taken_is_said_and_nothing_stays_open() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String listen = "127.0.0.1:" + taken.getLocalPort();
            String configuration = HELLO.replace("127.0.0.1:0", listen);
            try (ChildServer server = ChildServer.start(folder, configuration)) {
                assertEquals(1, server.exitCode());
                assertTrue(server.err().startsWith("sluice: [emerg] "), server.err());
                // Where it is written, which address, and why: all in the one line.
                assertTrue(
                        server.err().contains("sluice.conf:6: http.servers[0].listen[0]: bind() to " + listen),
                        server.err());
                assertTrue(server.err().contains("Address already in use"), server.err());
                assertEquals(1, server.err().lines().count(), server.err());
                assertEquals("", server.out());
            }
        }
    }

    @Test
    void a_log_that_cannot_be_written_is_said() throws Exception {
        Files.createDirectories(folder.resolve("logs/error.log"));
        try (ChildServer server = ChildServer.start(folder, HELLO)) {
            assertEquals(1, server.exitCode());
            assertTrue(server.err().startsWith("sluice: [emerg] "), server.err());
            assertTrue(server.err().contains("sluice.conf:2: error-log: the error log "), server.err());
            assertEquals(1, server.err().lines().count(), server.err());
        }
    }

    @Test
    void training_asks_itself_elsewhere_and_leaves_nothing_behind() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String listen = "127.0.0.1:" + taken.getLocalPort();
            String configuration = HELLO.replace("127.0.0.1:0", listen);
            try (ChildServer server = ChildServer.start(folder, configuration, "--train")) {
                assertEquals(0, server.exitCode());
                assertEquals("", server.err());
                assertTrue(server.out().contains("http on 127.0.0.1:"), server.out());
                assertFalse(server.out().contains(listen), server.out());
            }
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(3, left.count(), "the configuration and what it printed");
        }
    }

    private static String proxyTo(Origin origin) {
        return """
               workers = 1
               http {
                 access-log = off
                 servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", proxy.pass = "http://%s" } ] } ]
               }
               """.formatted(origin.authority());
    }

    private static boolean isRefused(int port) {
        try (RawClient client = RawClient.connect(port)) {
            return client.localPort() < 0;
        } catch (UncheckedIOException failed) {
            return failed.getCause() instanceof ConnectException;
        }
    }

    private String errorLog() {
        return ChildServer.read(folder.resolve("logs/error.log"));
    }

    private static long lines(Path file) {
        return ChildServer.read(file).lines().count();
    }
}
