package io.sluice.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.Configuration;
import io.sluice.core.config.ConfigurationException;
import io.sluice.core.config.Problem;
import io.sluice.core.config.References;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.cycle.CycleLoader;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.time.SeededRandomness;
import io.sluice.upstream.balance.BalancerPlugin;
import io.sluice.upstream.balance.Candidates;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.UpstreamBinder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpstreamsPluginTest {
    /** A whole plugin: what somebody writes who balances in an own way. */
    private static final class LeastActive implements BalancerPlugin {
        @Override
        public String id() {
            return "balance.least-active";
        }

        @Override
        public int choose(Candidates peers, long key) {
            int best = NONE;
            for (int i = 0; i < peers.size(); i++) {
                if (peers.mayTry(i) && (best == NONE || peers.active(i) < peers.active(best))) {
                    best = i;
                }
            }
            return best;
        }
    }

    /** Brings more than one, under names of its own. */
    private record Bringer(String id, String... names) implements Plugin {
        @Override
        public void configure(PluginBinder binder) {
            for (String name : names) {
                UpstreamBinder.of(binder).balancer(name, FirstPeer.FIRST);
            }
        }
    }

    @Test
    void what_is_not_set_has_the_defaults_of_nginx() {
        Upstream upstream =
                load("upstreams.backend.servers = \"127.0.0.1:9001\"").of("backend", 0);
        assertEquals("backend", upstream.name());
        assertEquals(
                new KeepaliveSettings(32, Duration.ofSeconds(60), 1000, Duration.ofHours(1)), upstream.keepalive());
        Peer peer = upstream.peers().getFirst();
        assertEquals("127.0.0.1:9001", peer.address().toString());
        assertEquals("127.0.0.1:9001", peer.server());
        assertEquals(1, peer.weight());
        assertEquals(0, peer.maxActive());
        assertEquals(1, peer.maxFails());
        assertEquals(10_000, peer.failTimeoutMillis());
        assertEquals(false, peer.isBackup() || peer.isDown());
    }

    @Test
    void every_setting_can_be_set() {
        Upstream upstream = load("""
                upstreams.backend {
                  balance = second
                  keepalive { connections = 5, timeout = 3s, requests = 7, time = 9m }
                  servers = [
                    { address = "10.0.0.1", weight = 3, max-conns = 4, max-fails = 2, fail-timeout = 30s }
                    { address = "unix:/run/app.sock", backup = on, down = on }
                    "[::1]:8080"
                  ]
                }""").of("Backend", 0);
        assertEquals(new KeepaliveSettings(5, Duration.ofSeconds(3), 7, Duration.ofMinutes(9)), upstream.keepalive());
        List<Peer> peers = upstream.peers();
        assertEquals("10.0.0.1:80", peers.get(0).toString());
        assertEquals(3, peers.get(0).weight());
        assertEquals(4, peers.get(0).maxActive());
        assertEquals(2, peers.get(0).maxFails());
        assertEquals(30_000, peers.get(0).failTimeoutMillis());
        assertEquals("unix:/run/app.sock", peers.get(1).toString());
        assertTrue(peers.get(1).isBackup() && peers.get(1).isDown());
        assertEquals("[::1]:8080", peers.get(2).toString());
        assertEquals(2, upstream.snapshot().tries());
    }

    @Test
    void a_server_that_is_no_upstream_is_one_with_the_defaults() {
        Upstreams upstreams = load("upstreams.backend { servers = [\"127.0.0.1:1\"], keepalive.connections = 3 }");
        Upstream implicit = upstreams.of("127.0.0.1", 8080);
        assertEquals("127.0.0.1:8080", implicit.peers().getFirst().toString());
        assertEquals(32, implicit.keepalive().connections());
        assertEquals(10_000, implicit.peers().getFirst().failTimeoutMillis());
        assertSame(implicit, upstreams.of("127.0.0.1", 8080));
        assertEquals(
                "127.0.0.1:443",
                upstreams.of("127.0.0.1", 443).peers().getFirst().toString());
        assertEquals(
                List.of(0, 1, 2), upstreams.all().stream().map(Upstream::index).toList());
        assertNull(upstreams.find("127.0.0.1"));
        assertThrows(IllegalArgumentException.class, () -> upstreams.of("127.0.0.1:port", 80));
        assertThrows(IllegalArgumentException.class, () -> upstreams.of("127.0.0.1", 0));
    }

    @Test
    void a_custom_balancer_is_one_class() {
        Upstream upstream =
                load("upstreams.backend { balance = least-active, servers = [\"127.0.0.1:1\", \"127.0.0.1:2\"] }")
                        .of("backend", 0);
        Selection first = new Selection(new SeededRandomness(1));
        first.start(upstream);
        assertEquals(Choice.PEER, first.get(0));
        Selection second = new Selection(new SeededRandomness(1));
        second.start(upstream);
        assertEquals(Choice.PEER, second.get(0));
        assertEquals(0, first.taken());
        assertEquals(1, second.taken());
    }

    @Test
    void all_that_is_wrong_is_told_at_once_with_its_line() {
        assertEquals(
                List.of(
                        "test.conf:2: upstreams.a.balance: no balancer is called 'round-robbin'; there are least-active, round-robin, second (did you mean 'round-robin'?)",
                        "test.conf:4: upstreams.b.servers: an upstream needs a server",
                        "test.conf:7: upstreams.c.servers[0].address: \"127.0.0.1:port\" has an invalid port",
                        "test.conf:8: upstreams.c.servers[1].weight: '0' is not between 1 and 1000000",
                        "test.conf:9: upstreams.c.servers[2].address: \":80\" names no host",
                        "test.conf:12: upstreams.d.servers: all are backups; one must be none",
                        "test.conf:15: unknown setting 'wieght' in upstreams.e.servers[0] (did you mean 'weight'?)"),
                problems("""
                        upstreams {
                          a { balance = round-robbin, servers = "127.0.0.1:1" }
                          b {
                            servers = []
                          }
                          c.servers = [
                            "127.0.0.1:port"
                            { address = "127.0.0.1:1", weight = 0 }
                            { address = ":80" }
                          ]
                          d {
                            servers = { address = "127.0.0.1:1", backup = on }
                          }
                          e.servers = [
                            { address = "127.0.0.1:1", wieght = 2 }
                          ]
                        }""", bringers()));
    }

    @Test
    void what_a_balancer_cannot_balance_is_told_at_its_line() {
        Plugin refusing = new Plugin() {
            @Override
            public String id() {
                return "refusing";
            }

            @Override
            public void configure(PluginBinder binder) {
                UpstreamBinder.of(binder).balancer("odd", peers -> {
                    throw new IllegalArgumentException("the number of peers must be odd");
                });
            }
        };
        List<Plugin> plugins = new ArrayList<>(bringers());
        plugins.add(refusing);
        assertEquals(
                List.of(
                        "test.conf:3: upstreams.a.balance: the number of peers must be odd",
                        "test.conf:5: unknown setting 'balence' in upstreams.b (did you mean 'balance'?)"),
                problems("""
                        upstreams {
                          a {
                            balance = odd, servers = ["127.0.0.1:1", "127.0.0.1:2"]
                          }
                          b { balence = odd, servers = "127.0.0.1:1" }
                        }""", plugins));
    }

    /** It is one of the port, which needs no resolver; a host that nobody knows is told in the same way. */
    @Test
    void a_mistyped_upstream_is_no_address_and_the_nearest_is_offered() {
        Upstreams upstreams = load("upstreams.backend.servers = [\"127.0.0.1:1\"]");
        assertEquals(
                "\"backnd\" names no port (did you mean 'backend'?)",
                assertThrows(IllegalArgumentException.class, () -> upstreams.of("backnd", 0))
                        .getMessage());
    }

    @Test
    void two_names_that_differ_in_case_only_are_one_too_many() {
        assertEquals(
                List.of(
                        "test.conf:1: upstreams.backend: another upstream has this name, but for the case of its letters"),
                problems(
                        "upstreams { Backend.servers = \"127.0.0.1:1\", backend.servers = \"127.0.0.1:2\" }",
                        bringers()));
    }

    @Test
    void a_balancer_brought_twice_names_both_plugins() {
        List<Plugin> plugins = new ArrayList<>(bringers());
        plugins.add(new Bringer("mine", "second"));
        List<String> problems = problems("", plugins);
        assertEquals(1, problems.size());
        assertTrue(
                problems.getFirst().endsWith("the balancer second is brought by mine and by several"),
                problems.toString());
    }

    @Test
    void an_assembly_without_balancers_says_so() {
        List<String> problems = problems("upstreams.a.servers = \"127.0.0.1:1\"", List.of(new UpstreamsPlugin()));
        assertEquals(
                List.of("test.conf:1: upstreams.a.balance: no balancer is called 'round-robin'; no plugin brings one"),
                problems);
    }

    private static List<Plugin> bringers() {
        return List.of(new UpstreamsPlugin(), new Bringer("several", "round-robin", "second"), new LeastActive());
    }

    private static Upstreams load(String text) {
        return load(text, bringers()).injector().getInstance(Upstreams.class);
    }

    private static List<String> problems(String text, List<Plugin> plugins) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> load(text, plugins));
        return refused.problems().stream().map(Problem::toString).toList();
    }

    private static Cycle load(String text, List<Plugin> plugins) {
        References references =
                References.of(List.of(CycleLoader.class.getModule(), UpstreamsPlugin.class.getModule()));
        return CycleLoader.load(Configuration.parse(text, "test.conf", references), Path.of(""), plugins, null);
    }
}
