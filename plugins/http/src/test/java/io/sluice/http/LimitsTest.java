package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitsTest {
    private static final String CONF = """
            http.large-client-header-buffers { number = 2, size = 1k }
            http.client-header-buffer-size = 256
            http.max-headers = 20
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", return { status = 200, text = "ok" } }, { path = "/read", count-body = on } ]
            } ]
            """;

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new BodyCounting());

    @OnBothDrivers
    void a_request_line_that_just_fits_a_large_buffer_is_answered(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            assertEquals(
                    200,
                    request(client, "GET /" + "a".repeat(900) + " HTTP/1.1\r\nHost: a\r\n\r\n")
                            .status());
            assertEquals(
                    200, request(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").status());
        }
    }

    @OnBothDrivers
    void a_longer_request_line_is_answered_414_also_without_its_end(String driver) {
        TestServer server = servers.start(driver, CONF);
        for (String end : new String[] {"", " HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"}) {
            try (RawClient client = server.client()) {
                refused(414, client, "GET /" + "a".repeat(2000) + end);
            }
        }
    }

    @OnBothDrivers
    void a_longer_header_line_is_answered_431(String driver) {
        TestServer server = servers.start(driver, CONF);
        for (String end : new String[] {"", "\r\n\r\n"}) {
            try (RawClient client = server.client()) {
                refused(431, client, "GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(2000) + end);
            }
        }
    }

    @OnBothDrivers
    void a_head_that_needs_more_large_buffers_than_there_are_is_answered_431(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            refused(
                    431,
                    client,
                    "GET / HTTP/1.1\r\nHost: a\r\n" + ("X: " + "a".repeat(800) + "\r\n").repeat(4) + "\r\n");
        }
    }

    @OnBothDrivers
    void a_head_that_fills_all_large_buffers_is_answered(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            Response answer = request(
                    client, "GET / HTTP/1.1\r\nHost: a\r\n" + ("X: " + "a".repeat(800) + "\r\n").repeat(2) + "\r\n");
            assertEquals(200, answer.status());
        }
    }

    @OnBothDrivers
    void more_header_lines_than_allowed_are_answered_431(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals(
                    200,
                    request(client, "GET / HTTP/1.1\r\nHost: a\r\n" + "A: b\r\n".repeat(19) + "\r\n")
                            .status());
        }
        try (RawClient client = server.client()) {
            refused(431, client, "GET / HTTP/1.1\r\nHost: a\r\n" + "A: b\r\n".repeat(20) + "\r\n");
        }
    }

    @OnBothDrivers
    void long_lines_in_single_bytes_are_answered_like_whole_ones(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            client.sendInPieces(
                    "GET /" + "a".repeat(900) + " HTTP/1.1\r\nHost: a\r\nX: " + "b".repeat(900) + "\r\n\r\n", 1);
            assertEquals(200, client.response().status());
        }
    }

    @OnBothDrivers
    void a_head_that_is_not_whole_in_time_is_answered_408_however_it_drips(String driver) {
        TestServer server = servers.startWithHandClock(driver, "http.client-header-timeout = 10s\n" + CONF);
        try (RawClient client = server.client()) {
            client.send("GET / HTTP/1.1\r\n");
            server.awaitOpen(1);
            for (int i = 0; i < 9; i++) {
                client.send("X");
                server.advance(Duration.ofSeconds(1));
                assertTrue(client.isSilent());
            }
            server.advance(Duration.ofMillis(1500));
            Response answer = client.response();
            assertEquals(408, answer.status());
            assertEquals("close", answer.header("Connection"));
            client.shutdownOutput();
            client.awaitClosed();
            server.awaitOpen(0);
        }
    }

    @OnBothDrivers
    void a_client_that_sends_nothing_is_closed_without_a_word(String driver) {
        TestServer server = servers.startWithHandClock(driver, "http.client-header-timeout = 10s\n" + CONF);
        try (RawClient client = server.client()) {
            server.awaitOpen(1);
            server.advance(Duration.ofMillis(9000));
            assertTrue(client.isSilent());
            server.advance(Duration.ofMillis(1001));
            client.awaitClosed();
            server.awaitOpen(0);
        }
    }

    @OnBothDrivers
    void a_body_that_pauses_too_long_is_answered_408(String driver) {
        TestServer server = servers.startWithHandClock(driver, "http.client-body-timeout = 10s\n" + CONF);
        try (RawClient client = server.client()) {
            client.send("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n");
            server.awaitOpen(1);
            server.turn();
            for (int i = 0; i < 3; i++) {
                client.send("x");
                server.turn();
                server.advance(Duration.ofSeconds(9));
                assertTrue(client.isSilent());
            }
            server.advance(Duration.ofMillis(1500));
            assertEquals(408, client.response().status());
            client.shutdownOutput();
            client.awaitClosed();
            server.awaitOpen(0);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void a_client_that_takes_nothing_of_its_answer_is_closed(String driver) {
        String big = """
                http.send-timeout = 10s
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [ { path = "/", return { status = 200, text = "%s" } } ]
                } ]
                """.formatted("0123456789".repeat(100_000));
        TestServer server = servers.startWithHandClock(driver, big);
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(20));
            client.awaitBytes();
            Await.until("a request runs", () -> Counters.requests(server) == 1);
            server.turn();
            server.advance(Duration.ofSeconds(9));
            assertEquals(1, server.openConnections());
            server.advance(Duration.ofMillis(1001));
            // What the kernel still took meanwhile has begun the time anew.
            for (int i = 0; i < 5 && server.openConnections() > 0; i++) {
                server.advance(Duration.ofMillis(10_001));
            }
            server.awaitOpen(0);
            server.assertNothingHeld();
        }
    }

    private static Response request(RawClient client, String bytes) {
        return client.send(bytes).response();
    }

    private static void refused(int status, RawClient client, String bytes) {
        Response answer = request(client, bytes);
        assertEquals(status, answer.status());
        assertEquals("close", answer.header("Connection"));
        client.shutdownOutput();
        client.awaitClosed();
    }
}
