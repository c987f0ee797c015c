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
import io.sluice.testkit.wire.Await;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Peers that refuse, stall, reset, half-close. After each the client's connection is usable or closed, and nothing is missing. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpstreamFaultTest {
    private static final String LONG = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000);

    @RegisterExtension
    final TestServers servers = Proxies.servers();

    private final Origin good = Origin.answering(Proxies.ok("good"));

    @OnBothDrivers
    void a_refused_connect_goes_to_the_next_peer(String driver) {
        nextPeerAnswers(driver, Origin.refusing());
    }

    @OnBothDrivers
    void a_reset_at_once_goes_to_the_next_peer(String driver) {
        nextPeerAnswers(driver, Origin.running(Script.resettingAtOnce()));
    }

    @OnBothDrivers
    void a_close_at_once_goes_to_the_next_peer(String driver) {
        nextPeerAnswers(driver, Origin.running(Script.closingAtOnce()));
    }

    @OnBothDrivers
    void a_reset_before_the_head_goes_to_the_next_peer(String driver) {
        nextPeerAnswers(driver, Origin.resetting(0, LONG));
    }

    @OnBothDrivers
    void a_reset_in_the_head_goes_to_the_next_peer(String driver) {
        nextPeerAnswers(driver, Origin.resetting(20, LONG));
    }

    @OnBothDrivers
    void a_close_in_the_head_goes_to_the_next_peer(String driver) {
        nextPeerAnswers(driver, Origin.closingAfter(20, LONG));
    }

    @OnBothDrivers
    void a_half_close_in_the_head_goes_to_the_next_peer(String driver) {
        nextPeerAnswers(driver, Origin.halfClosing("HTTP/1.1 200 OK\r\nX"));
    }

    @OnBothDrivers
    void a_whole_answer_before_a_half_close_is_passed_on(String driver) {
        Origin origin = servers.closing(Origin.halfClosing(Proxies.ok("whole")));
        TestServer server = servers.start(driver, Proxies.to(origin));
        servers.closing(good);
        try (RawClient client = server.client()) {
            assertEquals("whole", get(client).text());
            assertEquals("whole", get(client).text());
            server.awaitOpen(1);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void when_all_refuse_the_answer_is_502_and_the_client_is_kept(String driver) {
        servers.closing(good);
        Origin a = servers.closing(Origin.refusing());
        Origin b = servers.closing(Origin.refusing());
        TestServer server = servers.start(driver, Proxies.to(a, b));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 3; i++) {
                Response answer = get(client);
                assertEquals(502, answer.status());
                assertFalse(answer.hasHeader("Connection"));
            }
            server.awaitOpen(1);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void an_only_peer_that_refuses_is_502_and_recovers(String driver) {
        servers.closing(good);
        Origin only = servers.closing(Origin.refusing(Script.answering(Proxies.ok("back"))));
        TestServer server = servers.start(driver, Proxies.to(only));
        try (RawClient client = server.client()) {
            assertEquals(502, get(client).status());
            only.up();
            assertEquals("back", get(client).text());
        }
    }

    @OnBothDrivers
    void a_reset_in_the_body_ends_the_client_after_what_came(String driver) {
        servers.closing(good);
        Origin origin = servers.closing(Origin.resetting(30_000, LONG));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/"));
            assertTrue(client.readUntil("\r\n\r\n").startsWith("HTTP/1.1 200 OK"));
            client.awaitEnding();
            server.awaitOpen(0);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void a_peer_that_stalls_before_the_head_is_504(String driver) {
        servers.closing(good);
        Origin origin = servers.closing(Origin.stalling());
        TestServer server = servers.startWithHandClock(
                driver, Proxies.with("http.proxy.read-timeout = 10s\nhttp.proxy.next-upstream = [error]", origin));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/"));
            origin.connection(0).awaitReceived("\r\n\r\n");
            server.advance(Duration.ofMillis(9500));
            assertTrue(client.isSilent());
            server.advance(Duration.ofMillis(501));
            assertEquals(504, client.response().status());
            origin.awaitOpen(0);
            server.awaitOpen(1);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void a_peer_that_stalls_in_the_head_is_504(String driver) {
        servers.closing(good);
        Origin origin = servers.closing(Origin.running(session -> {
            session.readRequest();
            session.send("HTTP/1.1 200 O");
            session.awaitClose();
        }));
        TestServer server = servers.startWithHandClock(driver, Proxies.with("http.proxy.read-timeout = 10s", origin));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/"));
            Await.until("half a head", () -> origin.connection(0).sentBytes() == 14);
            server.turn();
            server.advance(Duration.ofMillis(10_400));
            assertEquals(504, client.response().status());
            server.awaitOpen(1);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void a_peer_that_stalls_goes_to_the_next_after_its_timeout(String driver) {
        Origin origin = servers.closing(Origin.stalling());
        servers.closing(good);
        TestServer server =
                servers.startWithHandClock(driver, Proxies.with("http.proxy.read-timeout = 10s", origin, good));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/"));
            origin.connection(0).awaitReceived("\r\n\r\n");
            server.advance(Duration.ofMillis(10_400));
            assertEquals("good", client.response().text());
            server.awaitOpen(2);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void a_peer_that_stalls_in_the_body_ends_the_client(String driver) {
        servers.closing(good);
        Origin origin = servers.closing(Origin.running(session -> {
            session.readRequest();
            session.send(LONG.substring(0, 20_000));
            session.awaitClose();
        }));
        TestServer server = servers.startWithHandClock(driver, Proxies.with("http.proxy.read-timeout = 10s", origin));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/"));
            assertTrue(client.readUntil("\r\n\r\n").startsWith("HTTP/1.1 200 OK"));
            client.read(19_000);
            server.turn();
            server.advance(Duration.ofMillis(9500));
            assertEquals(1, origin.open());
            server.advance(Duration.ofMillis(900));
            client.awaitEnding();
            server.awaitOpen(0);
            origin.awaitOpen(0);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void the_read_timeout_is_between_two_reads(String driver) {
        servers.closing(good);
        Steps steps = new Steps();
        Origin origin = servers.closing(Origin.stepping(
                steps,
                "HTTP/1.1 200 OK\r\nContent-Length: 30000\r\n\r\n",
                "a".repeat(10_000),
                "b".repeat(10_000),
                "c".repeat(10_000)));
        TestServer server = servers.startWithHandClock(driver, Proxies.with("http.proxy.read-timeout = 10s", origin));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/"));
            steps.allow();
            for (String letter : new String[] {"a", "b", "c"}) {
                server.turn();
                server.advance(Duration.ofSeconds(9));
                steps.allow();
                if (letter.equals("a")) {
                    client.readUntil("\r\n\r\n");
                }
                assertEquals(letter.repeat(10_000), client.read(10_000));
            }
        }
    }

    @OnBothDrivers
    void a_connect_that_takes_too_long_is_504(String driver) {
        servers.closing(good);
        Origin origin = servers.closing(Origin.notAccepting());
        TestServer server =
                servers.startWithHandClock(driver, Proxies.with("http.proxy.connect-timeout = 10s", origin));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/"));
            server.awaitOpen(2);
            server.turn();
            server.advance(Duration.ofMillis(9500));
            assertTrue(client.isSilent());
            server.advance(Duration.ofMillis(501));
            assertEquals(504, client.response().status());
            server.awaitOpen(1);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void a_connect_that_takes_too_long_goes_to_the_next_peer(String driver) {
        Origin origin = servers.closing(Origin.notAccepting());
        servers.closing(good);
        TestServer server =
                servers.startWithHandClock(driver, Proxies.with("http.proxy.connect-timeout = 10s", origin, good));
        try (RawClient client = server.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab");
            server.awaitOpen(2);
            server.turn();
            server.advance(Duration.ofMillis(10_001));
            assertEquals("good", client.response().text());
        }
    }

    @OnBothDrivers
    void a_peer_that_takes_nothing_of_the_request_is_504(String driver) {
        servers.closing(good);
        Origin origin = servers.closing(Origin.with().receiveBuffer(4096).running(Script.notReading()));
        TestServer server = servers.startWithHandClock(
                driver, Proxies.with("http.proxy.send-timeout = 10s\nhttp.client-max-body-size = 0", origin));
        try (RawClient client = server.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n");
            byte[] piece = new byte[64 * 1024];
            long[] taken = {0};
            // Until nobody takes more: the peer slows the client down.
            for (int idle = 0; idle < 20; ) {
                int n = client.offer(piece);
                taken[0] += n;
                server.turn();
                idle = n == 0 ? idle + 1 : 0;
            }
            assertTrue(taken[0] < 20_000_000, "somebody holds " + taken[0] + " bytes");
            // What the kernel still took meanwhile has begun the time anew.
            for (int i = 0; i < 5 && client.isSilent(); i++) {
                server.advance(Duration.ofMillis(10_001));
            }
            assertEquals(504, client.response().status());
            client.awaitEnding();
            origin.awaitAccepted(1);
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    private void nextPeerAnswers(String driver, Origin bad) {
        servers.closing(bad);
        servers.closing(good);
        TestServer server = servers.start(driver, Proxies.to(bad, good));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 4; i++) {
                Response answer = get(client);
                assertEquals(200, answer.status());
                assertEquals("good", answer.text());
            }
            // The client's, and the one kept with the good peer.
            server.awaitOpen(2);
            server.assertNothingHeld();
        }
    }

    private static Response get(RawClient client) {
        return client.send(Proxies.get("/")).response();
    }
}
