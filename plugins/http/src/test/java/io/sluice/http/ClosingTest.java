package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import io.sluice.testkit.wire.Ending;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a connection is let go: at once, after lingering, or with a reset. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClosingTest {
    private static final String CONF = """
            http.client-max-body-size = 10
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/", return { status = 200, text = "hello" } }
                { path = "/nothing", return = 444 }
              ]
            } ]
            """;
    private static final String SLOW = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              reset-timedout-connection = on
              locations = [
                { path = "/of-server", return { status = 200, text = "%1$s" } }
                { path = "/reset", reset-timedout-connection = on, return { status = 200, text = "%1$s" } }
                { path = "/kept", reset-timedout-connection = off, return { status = 200, text = "%1$s" } }
              ]
            } ]
            """.formatted("x".repeat(8_000_000));
    private static final String LAST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String TOO_LARGE = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n";

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin());

    @OnBothDrivers
    void always_waits_for_the_client_to_close(String driver) {
        TestServer server = servers.startWithHandClock(driver, "http.lingering-close = always\n" + CONF);
        try (RawClient client = server.client()) {
            assertEquals("hello", client.send(LAST).response().text());
            client.awaitClosed();
            server.turn();
            assertEquals(1, server.openConnections());
            server.advance(Duration.ofSeconds(6));
            server.awaitOpen(0);
        }
    }

    @OnBothDrivers
    void on_closes_at_once_if_nothing_is_to_be_expected(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals("hello", client.send(LAST).response().text());
            server.awaitOpen(0);
        }
    }

    @OnBothDrivers
    void on_lingers_for_a_body_and_after_pipelining(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client();
                RawClient other = server.client()) {
            assertEquals(413, client.send(TOO_LARGE).response().status());
            other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + LAST);
            assertEquals("hello", other.response().text());
            assertEquals("hello", other.response().text());
            other.awaitClosed();
            server.turn();
            assertEquals(2, server.openConnections());
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void off_never_lingers(String driver) {
        TestServer server = servers.startWithHandClock(driver, "http.lingering-close = off\n" + CONF);
        try (RawClient client = server.client()) {
            client.send(TOO_LARGE);
            server.awaitOpen(0);
        }
    }

    @OnBothDrivers
    void to_answer_444_is_to_say_nothing(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
            client.awaitClosed();
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void a_reset_is_sent_if_that_is_wanted(String driver) {
        TestServer server = servers.start(driver, "http.reset-timedout-connection = on\n" + CONF);
        try (RawClient client = server.client()) {
            client.send("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
            client.awaitReset();
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void a_client_that_takes_nothing_is_reset_if_its_location_wants_that(String driver) {
        TestServer server = servers.startWithHandClock(driver, SLOW);
        String[] ends = {"/kept", "/reset", "/of-server"};
        for (String path : ends) {
            try (RawClient client =
                    RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
                client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
                client.awaitBytes();
                // What the kernel still took meanwhile has begun the time anew.
                for (int i = 0; i < 5 && server.openConnections() > 0; i++) {
                    server.advance(Duration.ofSeconds(61));
                }
                server.awaitOpen(0);
                assertEquals(path.equals("/kept") ? Ending.CLOSED : Ending.RESET, client.awaitEnding(), path);
            }
        }
    }

    @OnBothDrivers
    void a_client_that_resets_in_its_head_is_told_in_one_line_and_so_is_one_that_closes(String driver) {
        TestServer server = servers.start(driver, "error-log.level = info\n" + CONF);
        // What was read with a request that is answered is there for sure.
        String andHalf = "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HT";
        try (RawClient client = server.client()) {
            client.send(andHalf).response();
            client.reset();
        }
        server.awaitOpen(0);
        assertEquals(List.of("recv() failed"), told(server));
        try (RawClient client = server.client()) {
            client.send(andHalf).response();
            client.shutdownOutput();
            client.awaitClosed();
        }
        assertEquals(List.of("recv() failed", "in the middle of a request head"), told(server));
    }

    /** What the log says of clients, once a bad request that comes last has been told as well. */
    private static List<String> told(TestServer server) {
        long before = server.log().count("client sent a bad request");
        try (RawClient client = server.client()) {
            client.send("G(T / HTTP/1.1\r\n\r\n").response();
        }
        Await.until("the log has the last one", () -> server.log().count("client sent a bad request") > before);
        return server.log().lines().stream()
                .filter(line -> line.contains(", client: ") && !line.contains("a bad request"))
                .map(line -> line.contains("recv() failed") ? "recv() failed" : "in the middle of a request head")
                .toList();
    }
}
