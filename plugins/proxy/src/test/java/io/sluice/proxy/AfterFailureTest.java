package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where one request ends and the next begins must stay clear, also when the first was never passed on. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AfterFailureTest {
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    @RegisterExtension
    final TestServers servers = Proxies.servers();

    @OnBothDrivers
    void the_body_of_a_request_that_was_refused_is_no_request(String driver) {
        Origin origin = servers.closing(Origin.refusing());
        TestServer server = servers.start(driver, conf(origin));
        for (String body : new String[] {
            "Content-Length: " + SMUGGLED.length() + "\r\n\r\n" + SMUGGLED,
            "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(SMUGGLED.length()) + "\r\n" + SMUGGLED
                    + "\r\n0\r\n\r\n"
        }) {
            try (RawClient client = server.client()) {
                client.send("POST /app HTTP/1.1\r\nHost: a\r\n" + body + "GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
                Response answer = client.response();
                assertEquals(502, answer.status());
                // What was read of the body may be gone: then the connection ends, and says so.
                if (answer.hasHeader("Connection")) {
                    client.shutdownOutput();
                    assertEquals("", client.readToEnd());
                } else {
                    assertEquals("next", client.response().text());
                }
            }
            // The same in two pieces: whether it is read away or the connection closed, it is not interpreted.
            try (RawClient client = server.client()) {
                int head = body.indexOf("\r\n\r\n") + 4;
                client.send("POST /app HTTP/1.1\r\nHost: a\r\n" + body.substring(0, head));
                assertEquals(502, client.response().status());
                client.send(body.substring(head));
                client.shutdownOutput();
                assertFalse(client.readToEnd().contains("smuggled"));
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_client_that_waits_for_100_gets_its_502(String driver) {
        Origin origin = servers.closing(Origin.refusing());
        TestServer server = servers.start(driver, conf(origin));
        try (RawClient client = server.client()) {
            client.send("POST /app HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: " + SMUGGLED.length()
                    + "\r\n\r\n");
            Response answer = client.response();
            assertEquals(502, answer.status());
            assertEquals("close", answer.header("Connection"));
            client.send(SMUGGLED);
            client.shutdownOutput();
            assertFalse(client.readToEnd().contains("smuggled"));
        }
    }

    @OnBothDrivers
    void a_connection_header_cannot_take_the_framing_away(String driver) {
        Origin origin = servers.closing(Origin.mirroring());
        TestServer server = servers.start(
                driver,
                conf(origin)
                        + "http.proxy.set-header = [ { name = Host, value = x }, { name = X-Real-IP, value = \"$remote_addr\" } ]");
        try (RawClient client = server.client()) {
            client.send(
                    "POST /app HTTP/1.1\r\nHost: a\r\nConnection: Host, Content-Length, Transfer-Encoding, X-Real-IP\r\n"
                            + "Content-Length: 5\r\n\r\nhello");
            String seen = client.response().text();
            assertTrue(seen.contains("\r\nContent-Length: 5\r\n"), seen);
            assertTrue(seen.contains("\r\nHost: x\r\n"), seen);
            assertTrue(seen.contains("\r\nX-Real-IP: 127.0.0.1\r\n"), seen);
            assertTrue(seen.endsWith("\r\n\r\nhello"), seen);
        }
    }

    @OnBothDrivers
    void a_bad_chunk_of_an_upload_is_400_and_the_peer_never_gets_an_end(String driver) {
        Origin origin = servers.closing(Origin.stalling());
        TestServer server = servers.start(driver, conf(origin));
        try (RawClient client = server.client()) {
            client.send("POST /app HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            origin.connection(0).awaitReceived("abc");
            client.send("zz\r\n" + SMUGGLED);
            assertEquals(400, client.response().status());
            client.shutdownOutput();
            assertFalse(client.readToEnd().contains("smuggled"));
            origin.awaitOpen(0);
            assertFalse(origin.connection(0).received().endsWith("0\r\n\r\n"));
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_chunked_upload_that_becomes_too_large_is_413_and_its_peer_is_let_go(String driver) {
        Origin origin = servers.closing(Origin.stalling());
        TestServer server = servers.start(driver, conf(origin) + "http.client-max-body-size = 5");
        try (RawClient client = server.client()) {
            client.send("POST /app HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            origin.connection(0).awaitReceived("abc");
            client.send("3\r\ndef\r\n0\r\n\r\n" + SMUGGLED);
            assertEquals(413, client.response().status());
            client.shutdownOutput();
            assertFalse(client.readToEnd().contains("smuggled"));
            origin.awaitOpen(0);
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void an_upload_that_pauses_too_long_is_408_and_its_peer_is_let_go(String driver) {
        Origin origin = servers.closing(Origin.stalling());
        TestServer server = servers.startWithHandClock(driver, conf(origin) + "http.client-body-timeout = 10s");
        try (RawClient client = server.client()) {
            client.send("POST /app HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
            origin.connection(0).awaitReceived("abc");
            server.turn();
            server.advance(Duration.ofMillis(10_400));
            assertEquals(408, client.response().status());
            origin.awaitOpen(0);
            client.shutdownOutput();
            client.awaitEnding();
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_big_head_of_a_peer_is_passed_on_when_the_buffer_is_as_big(String driver) {
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n");
        for (int i = 0; i < 100; i++) {
            head.append("X-").append(i).append(": ").append("v".repeat(500)).append("\r\n");
        }
        Origin origin = servers.closing(Origin.answering(head + "\r\nok"));
        TestServer server = servers.start(driver, conf(origin) + "http.proxy.buffer-size = 64k");
        try (RawClient client = server.client()) {
            for (int i = 0; i < 2; i++) {
                client.send("GET /app HTTP/1.1\r\nHost: a\r\n\r\n");
                Response answer = client.response();
                assertEquals(200, answer.status());
                assertEquals("v".repeat(500), answer.header("X-99"));
                assertEquals("ok", answer.text());
            }
        }
    }

    @OnBothDrivers
    void a_big_head_of_a_client_is_passed_on(String driver) {
        Origin origin = servers.closing(Origin.mirroring());
        TestServer server = servers.start(driver, conf(origin));
        try (RawClient client = server.client()) {
            StringBuilder head = new StringBuilder("GET /app?" + "q".repeat(7000) + " HTTP/1.1\r\nHost: a\r\n");
            for (int i = 0; i < 20; i++) {
                head.append("X-")
                        .append(i)
                        .append(": ")
                        .append("v".repeat(1000))
                        .append("\r\n");
            }
            for (int i = 0; i < 2; i++) {
                String seen = client.send(head + "\r\n").response().text();
                assertTrue(seen.startsWith("GET /app?" + "q".repeat(7000) + " HTTP/1.1\r\n"));
                assertTrue(seen.contains("\r\nX-19: " + "v".repeat(1000) + "\r\n"));
            }
        }
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void answers_of_a_peer_are_never_mixed_up_among_clients(String driver) {
        // Each connection's first answer comes late: the clients are gone by then.
        Steps steps = new Steps();
        Script late = session -> {
            session.readRequest();
            steps.next();
            session.send(Proxies.ok("late"));
            session.awaitClose();
        };
        Origin origin = servers.closing(Origin.running(late, late, late, Script.mirroring()));
        TestServer server = servers.start(driver, conf(origin));
        for (int i = 0; i < 3; i++) {
            RawClient gone = servers.closing(server.client());
            gone.send("GET /app/gone HTTP/1.1\r\nHost: a\r\n\r\n");
            steps.awaitReached(i + 1);
            gone.reset();
        }
        server.awaitOpen(0);
        steps.allow(3);
        for (int i = 0; i < 5; i++) {
            try (RawClient client = server.client()) {
                client.send("GET /app/" + i + " HTTP/1.1\r\nHost: a\r\n\r\n");
                assertTrue(client.response().text().startsWith("GET /app/" + i + " "));
            }
        }
    }

    private static String conf(Origin origin) {
        return """
                upstreams.backend.servers = [ "%s" ]
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [
                    { path = "/app", proxy.pass = "http://backend" }
                    { path = "/next", return { status = 200, text = "next" } }
                    { path = "/smuggled", return { status = 200, text = "smuggled" } }
                  ]
                } ]
                """.formatted(origin.authority());
    }
}
