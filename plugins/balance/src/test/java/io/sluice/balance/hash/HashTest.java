package io.sluice.balance.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.balance.History;
import io.sluice.balance.Loaded;
import io.sluice.balance.NginxModel;
import io.sluice.balance.Threads;
import io.sluice.core.config.ConfigurationException;
import io.sluice.testkit.heap.Allocated;
import io.sluice.upstream.Selection;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HashTest {
    private static final long NOW = 1_000_000;
    private static final String PLAIN = "{ method = hash, key = \"$request_uri\" }";
    private static final String CONSISTENT = "{ method = hash, key = \"$request_uri\", consistent = on }";

    @Test
    void every_choice_and_every_counter_is_that_of_nginx() {
        new History(PLAIN, History.Servers.PRIMARY, NginxHash::new).run(40, Loaded::of);
    }

    @ParameterizedTest
    @CsvSource({"PRIMARY", "SHARING"})
    void consistent_too(History.Servers servers) {
        new History(CONSISTENT, servers, NginxConsistent::new).run(40, Loaded::of);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9001 127.0.0.1:9002 127.0.0.1:9003",
        "127.0.0.1:9001 unix:/run/b.sock 127.0.0.1:80",
        "[::1]:9001 [::1]:9002 127.0.0.1:1",
    })
    void keys_are_where_nginx_has_them(String texts) {
        List<String> servers = List.of(texts.split(" "));
        Upstream upstream = Loaded.of(CONSISTENT, quoted(servers));
        NginxConsistent nginx = new NginxConsistent(
                servers.stream()
                        .map(text -> new NginxModel.Server(text, 1, 1, 0, 10_000, false))
                        .toList(),
                List.of());
        for (int i = 0; i < 1_000; i++) {
            assertEquals(nginx.owner("key" + i), servers.get(ask(upstream, "key" + i)), "key" + i);
        }
    }

    @Test
    void consistent_moves_only_keys_of_a_server_that_leaves_or_joins() {
        List<String> ten =
                IntStream.range(0, 10).mapToObj(i -> "10.0.0." + i + ":80").toList();
        List<String> nine = new ArrayList<>(ten);
        nine.remove(4);
        Upstream before = Loaded.of(CONSISTENT, quoted(ten));
        Upstream after = Loaded.of(CONSISTENT, quoted(nine));
        int moved = 0;
        for (int i = 0; i < 10_000; i++) {
            String first = ten.get(ask(before, "key" + i));
            String second = nine.get(ask(after, "key" + i));
            if (!first.equals(second)) {
                assertEquals(ten.get(4), first);
                moved++;
            }
        }
        assertTrue(moved > 600 && moved < 1_500, moved + " of 10000 moved");
    }

    @Test
    void plain_moves_most_of_them() {
        Upstream before = Loaded.of(PLAIN, Loaded.servers(10));
        Upstream after = Loaded.of(PLAIN, Loaded.servers(9));
        int moved = 0;
        for (int i = 0; i < 10_000; i++) {
            moved += ask(before, "key" + i) == ask(after, "key" + i) ? 0 : 1;
        }
        assertTrue(moved > 8_000, moved + " of 10000 moved");
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, CONSISTENT})
    void keys_are_spread_by_weight(String balance) {
        Upstream upstream = Loaded.of(balance, Loaded.ofWeights(5, 3, 2));
        int[] counts = new int[3];
        for (int i = 0; i < 20_000; i++) {
            counts[ask(upstream, "key" + i)]++;
        }
        // The points of a server take more or less than their share of the ring: 160 of them, by about a tenth.
        assertEquals(10_000, counts[0], 1_500);
        assertEquals(6_000, counts[1], 1_500);
        assertEquals(4_000, counts[2], 1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, CONSISTENT})
    void without_a_key_it_is_round_robin(String balance) {
        Upstream upstream = Loaded.of(balance, Loaded.ofWeights(5, 1, 1));
        StringBuilder chosen = new StringBuilder();
        for (int i = 0; i < 7; i++) {
            chosen.append(ask(upstream, ""));
        }
        assertEquals("0010200", chosen.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, CONSISTENT})
    void when_nobody_is_left_it_is_busy(String balance) {
        Upstream upstream = Loaded.of(balance, Loaded.servers(3));
        Selection request = Loaded.request(upstream, "key");
        for (int i = 0; i < 3; i++) {
            assertEquals(Choice.PEER, request.get(NOW));
            request.free(Outcome.NEXT, NOW);
        }
        assertEquals(Choice.BUSY, request.get(NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, CONSISTENT})
    void two_workers_find_the_same_peer_for_a_key(String balance) throws InterruptedException {
        Upstream upstream = Loaded.of(balance, Loaded.ofWeights(5, 3, 2));
        int[] wanted =
                IntStream.range(0, 200).map(i -> ask(upstream, "key" + i)).toArray();
        Threads.two(() -> {
            for (int i = 0; i < 20_000; i++) {
                assertEquals(wanted[i % 200], ask(upstream, "key" + i % 200));
            }
        });
        upstream.peers().forEach(peer -> assertEquals(0, peer.active()));
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, CONSISTENT})
    void no_server_can_be_a_backup_or_start_slowly(String balance) {
        for (String option : List.of("backup = on", "slow-start = 10s")) {
            ConfigurationException refused = assertThrows(
                    ConfigurationException.class,
                    () -> Loaded.of(balance, "\"127.0.0.1:1\", { address = \"127.0.0.1:2\", " + option + " }"));
            assertTrue(refused.getMessage().contains(option.substring(0, option.indexOf(' '))), refused.getMessage());
        }
    }

    @Test
    void a_missing_key_is_told() {
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> Loaded.of("hash", "\"127.0.0.1:1\""));
        assertEquals(
                List.of("test.conf:1: upstreams.backend.balance: hash needs a key, as \"$request_uri\""),
                refused.problems().stream().map(Object::toString).toList());
    }

    @Test
    void weights_that_make_too_many_points_are_told() {
        int[] weights = new int[14];
        Arrays.fill(weights, 1_000_000);
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> Loaded.of(CONSISTENT, Loaded.ofWeights(weights)));
        assertEquals(
                List.of(
                        "test.conf:1: upstreams.backend.balance: the weights add up to 14000000, and consistent hashing takes no"
                                + " more than " + Ring.mostWeights()
                                + " with this heap; smaller ones in the same proportions do as well"),
                refused.problems().stream().map(Object::toString).toList());
        assertEquals(14, Loaded.of(PLAIN, Loaded.ofWeights(weights)).peers().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, CONSISTENT})
    void a_steady_request_allocates_nothing(String balance) {
        Upstream upstream = Loaded.of(balance, Loaded.ofWeights(5, 1, 1));
        Selection request = Loaded.request(upstream);
        byte[][] keys =
                IntStream.range(0, 64).mapToObj(i -> ("key" + i).getBytes()).toArray(byte[][]::new);
        steady(upstream, request, keys, 20_000);
        assertEquals(0, Allocated.by(() -> steady(upstream, request, keys, 10_000)));
    }

    private static void steady(Upstream upstream, Selection request, byte[][] keys, int times) {
        for (int i = 0; i < times; i++) {
            request.start(upstream);
            request.key(keys[i & 63], keys[i & 63].length);
            request.get(NOW);
            request.free(Outcome.KEEPALIVE, NOW);
        }
    }

    private static int ask(Upstream upstream, String key) {
        Selection request = Loaded.request(upstream, key);
        assertEquals(Choice.PEER, request.get(NOW));
        int chosen = request.taken();
        request.free(Outcome.DONE, NOW);
        return chosen;
    }

    private static String quoted(List<String> servers) {
        return "\"" + String.join("\", \"", servers) + "\"";
    }
}
