package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code quit} finishes what runs and closes what idles; {@code close} ends at once. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StopTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/", return { status = 200, text = "%s" } }, { path = "/read", count-body = on }
              ]
            } ]
            """.formatted("0123456789".repeat(50_000));

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new BodyCounting());

    @OnBothDrivers
    void quit_closes_idle_connections_and_no_new_ones_are_taken(String driver) {
        TestServer server = servers.start(driver, CONF);
        SocketAddress address = server.address(0);
        try (RawClient idle = server.client()) {
            idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals(200, idle.response().status());
            Stopping.quit(server);
            idle.awaitClosed();
            Stopping.awaitEnd(server);
            assertThrows(
                    UncheckedIOException.class, () -> RawClient.connect(address).close());
        }
    }

    @OnBothDrivers
    void quit_lets_a_running_request_end_and_says_close(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient idle = server.client();
                RawClient running = server.client()) {
            idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response();
            running.send("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nxxxxx");
            server.awaitOpen(2);
            server.turn();
            Stopping.quit(server);
            idle.awaitClosed();
            server.turn();
            running.send("xxxxx");
            Response answer = running.response();
            assertEquals("10 x", answer.text());
            assertEquals("close", answer.header("Connection"));
            running.awaitClosed();
            Stopping.awaitEnd(server);
        }
    }

    @OnBothDrivers
    void quit_lets_a_request_end_whose_answer_is_being_taken(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient slow =
                RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
            slow.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(4));
            slow.awaitBytes();
            Stopping.quit(server);
            assertEquals(500_000, slow.response().body().length);
        }
        Stopping.awaitEnd(server);
    }

    @OnBothDrivers
    void quit_lets_a_head_that_has_begun_be_answered(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send("GET / HTT");
            server.awaitOpen(1);
            server.turn();
            Stopping.quit(server);
            server.turn();
            client.send("P/1.1\r\nHost: a\r\n\r\n");
            Response answer = client.response();
            assertEquals(200, answer.status());
            assertEquals("close", answer.header("Connection"));
            client.awaitClosed();
        }
        Stopping.awaitEnd(server);
    }

    @OnBothDrivers
    void quit_still_answers_a_client_that_has_connected_and_sent_nothing_yet(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            server.awaitOpen(1);
            Stopping.quit(server);
            server.turn();
            // As in nginx: it is reusable, but not idle.
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals("close", client.response().header("Connection"));
            client.awaitClosed();
        }
        Stopping.awaitEnd(server);
    }

    @OnBothDrivers
    void close_ends_what_runs_and_nothing_is_missing(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient idle = server.client();
                RawClient fresh = server.client();
                RawClient head = server.client();
                RawClient body = server.client();
                RawClient slow =
                        RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
            idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response();
            head.send("GET / HTT");
            body.send("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nxxxxx");
            slow.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(4));
            slow.awaitBytes();
            server.awaitOpen(5);
            server.turn();
            server.close();
            fresh.awaitClosed();
            idle.awaitClosed();
            head.awaitEnding();
            body.awaitEnding();
            slow.awaitEnding();
        }
    }

    @OnBothDrivers
    void what_runs_when_the_time_is_over_is_closed(String driver) throws InterruptedException {
        TestServer server = servers.startWithHandClock(driver, "shutdown-timeout = 5s\n" + CONF);
        try (RawClient running = server.client();
                RawClient head = server.client()) {
            running.send("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nxxxxx");
            head.send("GET / HTT");
            server.awaitOpen(2);
            server.turn();
            Stopping.quit(server);
            server.advance(Duration.ofMillis(4999));
            assertEquals(2, server.openConnections());
            assertFalse(server.server().await(Duration.ZERO));
            server.advanceToTheEnd(Duration.ofMillis(1));
            running.awaitEnding();
            head.awaitEnding();
            Stopping.awaitEnd(server);
        }
    }

    @OnBothDrivers
    void who_ends_in_time_does_not_wait_for_it(String driver) {
        TestServer server = servers.startWithHandClock(driver, "shutdown-timeout = 5s\n" + CONF);
        try (RawClient running = server.client()) {
            running.send("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nxxxxx");
            server.awaitOpen(1);
            server.turn();
            Stopping.quit(server);
            running.send("xxxxx");
            assertEquals("10 x", running.response().text());
            Stopping.awaitEnd(server);
        }
    }
}
