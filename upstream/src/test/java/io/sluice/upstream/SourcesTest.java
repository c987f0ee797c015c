package io.sluice.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.Configuration;
import io.sluice.core.config.ConfigurationException;
import io.sluice.core.config.Problem;
import io.sluice.core.config.References;
import io.sluice.core.config.Settings;
import io.sluice.core.cycle.CycleLoader;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.time.SeededRandomness;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;
import io.sluice.upstream.balance.ServerOption;
import io.sluice.upstream.balance.UpstreamBinder;
import io.sluice.upstream.discover.Discovery;
import io.sluice.upstream.discover.PeerSet;
import io.sluice.upstream.health.CheckedPeer;
import io.sluice.upstream.health.HealthCheck;
import io.sluice.upstream.health.PeerHealth;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Sources of peers, checks of their health and balancers with settings: what plugins bring beside plain balancers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SourcesTest {
    record Numbers(int first, int count) {}

    record Word(String word) {}

    private static final References EXTRA = References.of("extra.conf", """
            upstreams { discover { first = 1, count = 2 }, health.word = ok, balance.word = hello }
            """);

    private final List<String> heard = new ArrayList<>();

    /** Answers peers with numbers for ports, and others when it is told to. */
    private final class Counting implements Discovery {
        private final Numbers numbers;
        Listener listener;

        Counting(Numbers numbers) {
            this.numbers = numbers;
        }

        @Override
        public PeerSet initial() {
            int[] ports = new int[numbers.count];
            for (int i = 0; i < ports.length; i++) {
                ports[i] = numbers.first + i;
            }
            return ReplaceTest.ports(ports);
        }

        @Override
        public void start(WorkerContext worker, Listener hears) {
            heard.add("discovery starts on " + worker.index());
            listener = hears;
        }

        @Override
        public void close() {
            heard.add("discovery ends");
        }
    }

    private final class Checking implements HealthCheck {
        List<CheckedPeer> peers = List.of();

        @Override
        public void start(WorkerContext worker) {
            heard.add("health starts");
        }

        @Override
        public void watch(List<CheckedPeer> watched) {
            peers = watched;
            heard.add("watches "
                    + watched.stream().map(one -> one.address().port()).toList());
        }

        @Override
        public void close() {
            heard.add("health ends");
        }
    }

    private record First(Peers peers, Word settings) implements Balancer {
        @Override
        public Choice get(PeerRequest request) {
            return FirstPeer.FIRST.create(peers).get(request);
        }

        @Override
        public String toString() {
            return settings.word;
        }
    }

    private Counting source;
    private final Checking check = new Checking();

    private final Plugin plugin = new Plugin() {
        @Override
        public String id() {
            return "mine";
        }

        @Override
        public void configure(PluginBinder binder) {
            Settings<Numbers> numbers = Settings.of(MethodHandles.lookup(), Numbers.class);
            Settings<Word> words = Settings.of(MethodHandles.lookup(), Word.class);
            UpstreamBinder.of(binder)
                    .balancer("round-robin", FirstPeer.FIRST)
                    .balancer("wordy", words, First::new, ServerOption.BACKUP, ServerOption.SLOW_START)
                    .discovery("counting", numbers, (upstream, configured, read) -> {
                        heard.add(upstream + " has " + configured.peers().size());
                        source = new Counting(read);
                        return source;
                    })
                    .health("checking", words, (upstream, read) -> {
                        heard.add(upstream + " says " + read.word);
                        return check;
                    });
        }
    };

    private Upstreams load(String text) {
        References references = References.of(List.of(CycleLoader.class.getModule(), UpstreamsPlugin.class.getModule()))
                .and(EXTRA);
        return CycleLoader.load(
                        Configuration.parse(text, "test.conf", references),
                        Path.of(""),
                        List.of(new UpstreamsPlugin(), plugin),
                        null)
                .injector()
                .getInstance(Upstreams.class);
    }

    private List<String> problems(String text) {
        return assertThrows(ConfigurationException.class, () -> load(text)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private List<String> heard() {
        List<String> now = List.copyOf(heard);
        heard.clear();
        return now;
    }

    @Test
    void a_source_names_the_peers_at_load_and_replaces_them_while_a_worker_runs() {
        Upstreams upstreams = load("upstreams.a { discover { method = counting, first = 5 }, servers = [] }");
        Upstream upstream = upstreams.find("a");
        assertEquals(List.of("a has 0"), heard());
        assertEquals("[127.0.0.1:5, 127.0.0.1:6]", upstream.peers().toString());
        UpstreamWatch second = new UpstreamWatch(numbered(1), upstreams);
        second.close();
        assertEquals(List.of(), heard(), "one worker is enough");
        UpstreamWatch watch = new UpstreamWatch(new Rig(), upstreams);
        assertEquals(List.of("discovery starts on 0"), heard());
        source.listener.replaced(ReplaceTest.ports(7));
        assertEquals("[127.0.0.1:7]", upstream.peers().toString());
        watch.close();
        assertEquals(List.of("discovery ends"), heard());
    }

    @Test
    void a_source_may_begin_without_peers() {
        Upstream upstream = load("upstreams.a { discover { method = counting, count = 0 }, servers = [] }")
                .find("a");
        Selection request = new Selection(new SeededRandomness(1));
        request.start(upstream);
        assertEquals(Choice.BUSY, request.get(1));
        upstream.replace(ReplaceTest.ports(3));
        assertEquals(Choice.PEER, request.get(1));
    }

    @Test
    void a_check_watches_the_peers_of_each_set() {
        Upstreams upstreams =
                load("upstreams.a { health { method = checking, word = fine }, servers = [\"127.0.0.1:1\"] }");
        Upstream upstream = upstreams.find("a");
        UpstreamWatch watch = new UpstreamWatch(new Rig(), upstreams);
        upstream.replace(ReplaceTest.ports(1, 2));
        assertEquals(List.of("a says fine", "watches [1]", "health starts", "watches [1, 2]"), heard());
        check.peers.getFirst().report(PeerHealth.UNWELL);
        assertFalse(upstream.snapshot().primary().mayTry(0, 1));
        assertTrue(upstream.snapshot().primary().mayTry(1, 1));
        watch.close();
        assertEquals(List.of("health ends"), heard());
    }

    @Test
    void the_static_source_and_passive_checks_are_what_nothing_said_means() {
        Upstreams upstreams = load("upstreams.a { servers = [\"127.0.0.1:1\"], discover = static, health = passive }");
        new UpstreamWatch(new Rig(), upstreams).close();
        assertEquals("[127.0.0.1:1]", upstreams.find("a").peers().toString());
        assertEquals(List.of(), heard());
    }

    @Test
    void a_balancer_reads_its_settings_beside_the_method() {
        Upstream upstream =
                load("upstreams.a { balance { method = wordy, word = mine, key = \"$x\" }, servers = [\"127.0.0.1:1\"] }")
                        .find("a");
        assertEquals("mine", upstream.snapshot().primary().balancer().toString());
        assertEquals("$x", upstream.keyText());
        Upstream usual = load("upstreams.a { balance = wordy, servers = [\"127.0.0.1:1\"] }")
                .find("a");
        assertEquals("hello", usual.snapshot().primary().balancer().toString());
    }

    @Test
    void what_a_balancer_cannot_respect_and_what_nobody_brings_is_told_with_its_line() {
        assertEquals(
                List.of(
                        "test.conf:10: upstreams.e.servers[1]: route must have 1 to 32 characters",
                        "test.conf:2: upstreams.a.discover: no source of servers is called 'countin'; there are counting, static (did you mean 'counting'?)",
                        "test.conf:3: upstreams.b.health: no check of servers is called 'activ'; there are checking, passive",
                        "test.conf:6: upstreams.c.servers[1].backup: is not for servers that are balanced by wordy",
                        "test.conf:7: upstreams.c.servers[2].slow-start: is not for servers that are balanced by wordy",
                        "test.conf:9: upstreams.d.servers[1]: drain cannot be on for a server that is down"),
                problems("""
                        upstreams {
                          a { discover = countin, servers = "127.0.0.1:1" }
                          b { health = activ, servers = "127.0.0.1:1" }
                          c { balance = wordy, servers = [
                            "127.0.0.1:1"
                            { address = "127.0.0.1:2", backup = on }
                            { address = "127.0.0.1:3", slow-start = 3s }
                          ] }
                          d.servers = [ "127.0.0.1:9", { address = "127.0.0.1:1", down = on, drain = on } ]
                          e.servers = [ "127.0.0.1:9", { address = "127.0.0.1:1", route = "123456789012345678901234567890123" } ]
                        }""").stream().sorted().toList());
        assertTrue(problems("upstreams.a { balance { word = x }, servers = \"127.0.0.1:1\" }")
                .getFirst()
                .contains("unknown setting 'word' in upstreams.a.balance"));
    }

    private static Rig numbered(int number) {
        Rig rig = new Rig();
        rig.number = number;
        return rig;
    }
}
