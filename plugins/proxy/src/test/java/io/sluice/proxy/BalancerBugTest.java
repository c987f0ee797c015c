package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.upstream.balance.BalancerPlugin;
import io.sluice.upstream.balance.Candidates;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A balancer is code of a plugin: what it throws is counted as what any other throws. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BalancerBugTest {
    /** Knows no peer. */
    private static final class Throwing implements BalancerPlugin {
        @Override
        public String id() {
            return "balance.throwing";
        }

        @Override
        public int choose(Candidates peers, long key) {
            throw new IllegalStateException("cannot count");
        }
    }

    @RegisterExtension
    final TestServers servers = Proxies.servers(new Throwing());

    @OnBothDrivers
    void what_a_balancer_throws_is_a_502_and_counted_as_a_failure(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("never")));
        TestServer server = servers.start(driver, Proxies.with("upstreams.backend.balance = throwing", origin));
        try (RawClient client = server.client()) {
            assertEquals(502, client.send(Proxies.get("/")).response().status());
            assertEquals(1, server.counters().failures());
            assertEquals(502, client.send(Proxies.get("/")).response().status());
            assertEquals(2, server.counters().failures());
            server.awaitOpen(1);
            server.assertNothingHeld();
        }
    }
}
