package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code max-fails} and {@code fail-timeout}: when a peer is left alone and when it is asked again. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PeerFailureTest {
    @RegisterExtension
    final TestServers servers = Proxies.servers();

    private final Origin a = Origin.refusing(Script.answering(Proxies.ok("a")));
    private final Origin b = Origin.answering(Proxies.ok("b"));

    @OnBothDrivers
    void a_peer_that_failed_is_left_alone_and_asked_again_after_its_time(String driver) {
        TestServer server = start(driver, "fail-timeout = 10s");
        try (RawClient client = server.client()) {
            assertEquals("bb", ask(client, 2));
            a.up();
            assertEquals("bbb", ask(client, 3));
            Await.until(
                    "the warning",
                    () -> server.log().lines().stream()
                            .anyMatch(line -> line.contains("[warn]") && line.contains(a.authority())));
            server.advance(Duration.ofMillis(10_999));
            String later = ask(client, 4);
            assertTrue(later.contains("a"), later);
        }
    }

    @OnBothDrivers
    void it_is_left_alone_for_as_long_as_it_says(String driver) {
        TestServer server = start(driver, "fail-timeout = 10s");
        try (RawClient client = server.client()) {
            assertEquals("bb", ask(client, 2));
            a.up();
            server.advance(Duration.ofMillis(8_900));
            assertEquals("bbbb", ask(client, 4));
            assertEquals(0, a.accepted());
        }
    }

    @OnBothDrivers
    void it_takes_as_many_failures_as_it_says(String driver) {
        TestServer server = start(driver, "max-fails = 3");
        try (RawClient client = server.client()) {
            ask(client, 4);
            // Two failures so far: still in turn.
            a.up();
            assertTrue(ask(client, 2).contains("a"));
        }
    }

    @OnBothDrivers
    void max_fails_0_never_leaves_it_alone(String driver) {
        TestServer server = start(driver, "max-fails = 0");
        try (RawClient client = server.client()) {
            assertEquals("bbbbbb", ask(client, 6));
            a.up();
            assertTrue(ask(client, 2).contains("a"));
        }
    }

    @OnBothDrivers
    void when_all_are_left_alone_the_answer_is_502_at_once_and_then_all_are_asked_again(String driver) {
        TestServer server = start(driver, "fail-timeout = 10s");
        b.down();
        try (RawClient client = server.client()) {
            assertEquals(502, client.send(Proxies.get("/")).response().status());
            assertEquals(502, client.send(Proxies.get("/")).response().status());
            Await.until("the log says so", () -> server.log().has("no live upstreams"));
            a.up();
            b.up();
            server.advance(Duration.ofSeconds(11));
            String both = ask(client, 4);
            assertTrue(both.contains("a") && both.contains("b"), both);
        }
    }

    @OnBothDrivers
    void an_only_peer_is_never_left_alone(String driver) {
        servers.closing(a);
        servers.closing(b);
        TestServer server = servers.startWithHandClock(driver, Proxies.to(a));
        try (RawClient client = server.client()) {
            assertEquals(502, client.send(Proxies.get("/")).response().status());
            a.up();
            assertEquals("a", ask(client, 1));
        }
    }

    @OnBothDrivers
    void the_state_of_a_peer_is_that_of_all_workers(String driver) {
        servers.closing(a);
        servers.closing(b);
        TestServer server = servers.startWithHandClock(driver, "workers = 2\n" + conf("fail-timeout = 1h"));
        for (int i = 0; i < 4; i++) {
            try (RawClient client = server.client()) {
                assertEquals("b", ask(client, 1));
            }
        }
        a.up();
        for (int i = 0; i < 20; i++) {
            try (RawClient client = server.client()) {
                assertEquals("b", ask(client, 1));
            }
        }
        assertEquals(0, a.accepted());
        server.close();
        assertEquals(1, server.log().count("[warn]"));
    }

    @OnBothDrivers
    void no_more_requests_are_given_than_max_conns(String driver) {
        servers.closing(a);
        servers.closing(b);
        Origin held = servers.closing(Origin.stalling());
        TestServer server = servers.start(driver, """
                upstreams.backend.servers = [ { address = "%s", max-conns = 2 } ]
                http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", proxy.pass = "http://backend" } ] } ]
                """.formatted(held.authority()));
        try (RawClient first = server.client();
                RawClient second = server.client();
                RawClient third = server.client()) {
            first.send(Proxies.get("/"));
            second.send(Proxies.get("/"));
            held.awaitAccepted(2);
            assertEquals(502, third.send(Proxies.get("/")).response().status());
            first.reset();
            server.awaitOpen(3);
            third.send(Proxies.get("/"));
            held.awaitAccepted(3);
        }
    }

    private TestServer start(String driver, String forA) {
        servers.closing(a);
        servers.closing(b);
        return servers.startWithHandClock(driver, conf(forA));
    }

    private String conf(String forA) {
        return """
                upstreams.backend.servers = [ { address = "%s", %s }, { address = "%s" } ]
                http.keepalive-timeout = 1h
                http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", proxy.pass = "http://backend" } ] } ]
                """.formatted(a.authority(), forA, b.authority());
    }

    private static String ask(RawClient client, int count) {
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < count; i++) {
            seen.append(client.send(Proxies.get("/")).response().text());
        }
        return seen.toString();
    }
}
