package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that still sends when its answer is there: it gets to read it, and is not waited for longer than allowed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LingeringTest {
    private static final String CONF = """
            http.client-max-body-size = 10
            http.lingering-time = 30s
            http.lingering-timeout = 5s
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", return { status = 200, text = "hello" } } ]
            } ]
            """;
    private static final String TOO_LARGE = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n";

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin());

    @OnBothDrivers
    void the_answer_is_not_lost_to_a_reset(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            byte[] piece = new byte[50_000];
            client.send(TOO_LARGE);
            for (int i = 0; i < 100; i++) {
                client.send(piece);
            }
            assertEquals(413, client.response().status());
            client.awaitClosed();
            // Only its direction is closed: what still comes is read away.
            for (int i = 0; i < 20; i++) {
                client.send(piece);
            }
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void a_pause_ends_it(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(TOO_LARGE);
            assertEquals(413, client.response().status());
            server.turn();
            server.advance(Duration.ofMillis(4_500));
            assertEquals(1, server.openConnections());
            server.advance(Duration.ofMillis(501));
            server.awaitOpen(0);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void a_client_that_never_stops_is_not_read_for_ever(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(TOO_LARGE);
            assertEquals(413, client.response().status());
            int seconds = 0;
            while (seconds < 60 && server.openConnections() > 0) {
                try {
                    client.offer(new byte[100]);
                } catch (AssertionError closed) {
                    break;
                }
                server.turn();
                server.advance(Duration.ofSeconds(3));
                seconds += 3;
            }
            assertTrue(seconds >= 27 && seconds <= 36, "it was read for " + seconds + " s");
            server.awaitOpen(0);
        }
    }

    @OnBothDrivers
    void who_lingers_holds_no_memory_and_makes_room_for_others(String driver) {
        TestServer server = servers.start(driver, "worker-connections = 64\n" + CONF);
        List<RawClient> lingering = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            RawClient client = servers.closing(server.client());
            client.send(TOO_LARGE);
            assertEquals(413, client.response().status(), "client " + i);
            lingering.add(client);
        }
        server.assertNothingHeld();
        RawClient other = servers.closing(server.client());
        assertEquals(
                "hello",
                other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response().text());
    }

    @OnBothDrivers
    void a_client_that_asks_and_never_reads_is_held_up(String driver) {
        TestServer server = servers.start(driver, "http.keepalive-requests = 1000000000\n" + CONF);
        try (RawClient client =
                RawClient.to(server.address(0)).receiveBuffer(4096).connect()) {
            byte[] requests = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2000).getBytes(StandardCharsets.US_ASCII);
            long taken = 0;
            long most = 0;
            for (int idle = 0; idle < 20 && taken < 100_000_000; ) {
                int n = client.offer(requests);
                taken += n;
                server.turn();
                most = Math.max(most, Counters.slabBytesInUse(server));
                idle = n == 0 ? idle + 1 : 0;
            }
            assertTrue(taken < 40_000_000, taken + " bytes of requests were taken");
            assertTrue(most <= 100_000, most + " bytes of buffers");
            assertFalse(client.isClosedByPeer());
            assertEquals(1, server.openConnections());
        }
        server.awaitOpen(0);
        Await.until("nothing is held", () -> Counters.slabBytesInUse(server) == 0);
    }

    @OnBothDrivers
    void connections_that_come_and_go_at_once_leave_nothing(String driver) {
        TestServer server = servers.start(driver, "workers = 2\n" + CONF);
        for (int i = 0; i < 500; i++) {
            RawClient client = server.client();
            if (i % 3 == 0) {
                client.send("GET / HT");
            }
            client.reset();
        }
        RawClient other = servers.closing(server.client());
        assertEquals(
                "hello",
                other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response().text());
        server.awaitOpen(1);
        server.assertNothingHeld();
        assertEquals(
                0,
                server.log().count("[alert]")
                        + server.log().count("[crit]")
                        + server.log().count("[error]"));
    }
}
