package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that wait for a full peer, on all workers, as clients see it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MaxConnsUnderLoadTest {
    private static final int CLIENTS = 40;
    private static final int TIMES = 50;

    @RegisterExtension
    final TestServers servers = Proxies.servers();

    /** How many requests are with the origin. */
    private final AtomicInteger now = new AtomicInteger();

    private final AtomicInteger most = new AtomicInteger();

    private Script counting() {
        return session -> {
            while (session.nextRequest() != null) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                // Others get their turn, so that many are here at once.
                for (int i = 0; i < 20; i++) {
                    Thread.yield();
                }
                now.decrementAndGet();
                session.send(Proxies.ok("ok"));
            }
        };
    }

    private static String conf(Origin origin, String server, String queue) {
        return """
                workers = 2
                upstreams.backend { servers = [ { address = "%s", %s } ], queue { %s } }
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [ { path = "/", proxy.pass = "http://backend" } ]
                } ]
                """.formatted(origin.authority(), server, queue);
    }

    @OnBothDrivers
    void with_two_workers_no_more_than_max_conns_are_with_a_peer_and_all_are_served(String driver) {
        Origin origin = servers.closing(Origin.running(counting()));
        TestServer server = servers.start(driver, conf(origin, "max-conns = 10", "size = 1000, timeout = 60s"));
        try (ManyClients clients = ManyClients.ask(server, CLIENTS, TIMES)) {
            clients.join();
            assertEquals(List.of(), clients.wrong());
            assertEquals(CLIENTS * TIMES, clients.answered());
        }
        assertTrue(most.get() <= 10, "at once: " + most);
        assertTrue(most.get() >= 5, "the load was none: " + most);
        assertEquals(0, server.log().count("may be tried"));
    }

    @OnBothDrivers
    void who_waits_too_long_gets_502_and_is_gone(String driver) {
        Steps steps = new Steps();
        Origin origin = servers.closing(Origin.stepping(steps, Proxies.ok("ok")));
        TestServer server = servers.start(driver, conf(origin, "max-conns = 1", "size = 1, timeout = 100ms"));
        try (RawClient first = server.client();
                RawClient second = server.client()) {
            first.send(Proxies.get("/"));
            origin.awaitRequests(1);
            assertEquals(502, second.send(Proxies.get("/")).response().status());
            Await.until("the log tells it", () -> server.log().has("no upstream came free in time"));
            steps.allow();
            assertEquals("ok", first.response().text());
        }
        assertEquals(1, origin.requests());
    }

    @OnBothDrivers
    void a_client_that_goes_away_while_it_waits_leaves_nothing(String driver) {
        Steps steps = new Steps();
        Origin origin = servers.closing(Origin.stepping(steps, Proxies.ok("ok")));
        TestServer server = servers.start(driver, conf(origin, "max-conns = 1", "size = 5, timeout = 60s"));
        try (RawClient first = server.client()) {
            first.send(Proxies.get("/"));
            origin.awaitRequests(1);
            try (RawClient gone = server.client()) {
                gone.send(Proxies.get("/"));
                server.awaitOpen(3);
            }
            server.awaitOpen(2);
            steps.allow();
            assertEquals("ok", first.response().text());
        }
        server.awaitOpen(1);
        server.assertNothingHeld();
        assertEquals(1, origin.requests());
    }
}
