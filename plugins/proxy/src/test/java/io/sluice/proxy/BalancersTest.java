package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each balancer that ships, in a server. What it chooses exactly is tested with the balancer. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BalancersTest {
    @RegisterExtension
    final TestServers servers = Proxies.servers(balancers());

    private static Plugin[] balancers() {
        List<Plugin> others = new ArrayList<>();
        for (Plugin found : Plugins.in(BalancersTest.class.getClassLoader())) {
            if (found.id().startsWith("balance.") && !found.id().equals("balance.round-robin")) {
                others.add(found);
            }
        }
        return others.toArray(Plugin[]::new);
    }

    @OnBothDrivers
    void a_client_finds_its_peer_by_its_address(String driver) {
        TestServer server = start(driver, "ip-hash", answering("a"), answering("b"), answering("c"));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            seen.add(ask(server, "/" + i));
        }
        assertEquals(1, seen.size(), () -> "one client: " + seen);
    }

    @ParameterizedTest
    @CsvSource({"epoll, off", "epoll, on", "nio, off", "nio, on"})
    void a_key_finds_its_peer(String driver, String consistent) {
        TestServer server = start(
                driver,
                "{ method = hash, key = \"$request_uri\", consistent = " + consistent + " }",
                answering("a"),
                answering("b"),
                answering("c"));
        Map<String, String> first = new HashMap<>();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 24; i++) {
                String path = "/path" + i;
                String peer = ask(server, path);
                assertEquals(first.computeIfAbsent(path, key -> peer), peer, path);
            }
        }
        assertTrue(new HashSet<>(first.values()).size() > 1, () -> "all keys at one: " + first);
    }

    @OnBothDrivers
    void who_is_busy_gets_no_more_requests(String driver) {
        Origin stalling = Origin.running(Script.stalling());
        TestServer server = start(driver, "least-conn", stalling, answering("b"), answering("c"));
        servers.closing(server.client()).send(Proxies.get("/"));
        stalling.awaitAccepted(1);
        for (int i = 0; i < 6; i++) {
            ask(server, "/");
        }
        assertEquals(1, stalling.accepted());
    }

    @OnBothDrivers
    void who_answers_no_more_gets_no_more_requests(String driver) {
        Origin stalling = Origin.running(Script.stalling());
        TestServer server = start(
                driver,
                "{ method = least-time, measure = last-byte, inflight = on }",
                stalling,
                answering("b"),
                answering("c"));
        servers.closing(server.client()).send(Proxies.get("/"));
        stalling.awaitAccepted(1);
        for (int i = 0; i < 6; i++) {
            ask(server, "/");
        }
        assertEquals(1, stalling.accepted());
    }

    @ParameterizedTest
    @CsvSource({"epoll, off", "epoll, least-conn", "epoll, least-time", "nio, off", "nio, least-conn", "nio, least-time"
    })
    void chance_chooses_all_of_them(String driver, String two) {
        TestServer server = start(
                driver,
                "{ method = random, two = " + two + ", measure = header }",
                answering("a"),
                answering("b"),
                answering("c"));
        Set<String> seen = new HashSet<>();
        // That a peer is not among so many is less likely than one to 10^35.
        for (int i = 0; i < 200 || i < 2_000 && seen.size() < 3; i++) {
            seen.add(ask(server, "/"));
        }
        assertEquals(Set.of("a", "b", "c"), seen);
    }

    private static Origin answering(String body) {
        return Origin.answering(Proxies.ok(body));
    }

    private TestServer start(String driver, String balance, Origin... origins) {
        StringBuilder addresses = new StringBuilder();
        for (Origin origin : origins) {
            addresses.append('"').append(servers.closing(origin).authority()).append("\" ");
        }
        return servers.start(
                driver, """
                upstreams.backend { balance = %s, servers = [ %s ] }
                http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", proxy.pass = "http://backend" } ] } ]
                """.formatted(balance, addresses.toString().strip().replace(" ", ", ")));
    }

    private static String ask(TestServer server, String path) {
        try (RawClient client = server.client()) {
            return client.send(Proxies.get(path)).response().text();
        }
    }
}
