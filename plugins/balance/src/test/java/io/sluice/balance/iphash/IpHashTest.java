package io.sluice.balance.iphash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.balance.History;
import io.sluice.balance.Loaded;
import io.sluice.balance.Threads;
import io.sluice.core.config.ConfigurationException;
import io.sluice.core.connection.Address;
import io.sluice.testkit.heap.Allocated;
import io.sluice.upstream.Selection;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IpHashTest {
    private static final long NOW = 1_000_000;

    @Test
    void every_choice_and_every_counter_is_that_of_nginx() {
        new History("ip-hash", History.Servers.PRIMARY, NginxIpHash::new).run(40, Loaded::of);
    }

    @Test
    void clients_of_one_network_find_one_peer() {
        Upstream upstream = Loaded.of("ip-hash", Loaded.servers(7));
        int first = ask(upstream, client(3, 0));
        for (int i = 1; i < 256; i++) {
            assertEquals(first, ask(upstream, client(3, i)));
        }
    }

    @Test
    void networks_are_spread_by_weight() {
        Upstream upstream = Loaded.of("ip-hash", Loaded.ofWeights(5, 3, 2));
        int[] counts = new int[3];
        for (int i = 0; i < 20_000; i++) {
            counts[ask(upstream, client(i, 0))]++;
        }
        assertEquals(10_000, counts[0], 500);
        assertEquals(6_000, counts[1], 500);
        assertEquals(4_000, counts[2], 500);
    }

    @Test
    void a_peer_that_is_down_keeps_its_place_so_that_only_its_clients_move() {
        Upstream all = Loaded.of("ip-hash", Loaded.servers(5));
        Upstream four = Loaded.of("ip-hash", Loaded.servers(4) + "{ address = \"127.0.0.1:5\", down = on }");
        for (int i = 0; i < 5_000; i++) {
            int before = ask(all, client(i, 0));
            int after = ask(four, client(i, 0));
            assertTrue(before == after || before == 4, "client " + i);
        }
    }

    @Test
    void two_workers_find_the_same_peer() throws InterruptedException {
        Upstream upstream = Loaded.of("ip-hash", Loaded.ofWeights(5, 3, 2));
        int[] wanted =
                IntStream.range(0, 200).map(i -> ask(upstream, client(i, 0))).toArray();
        Threads.two(() -> {
            for (int i = 0; i < 20_000; i++) {
                assertEquals(wanted[i % 200], ask(upstream, client(i % 200, 0)));
            }
        });
        upstream.peers().forEach(peer -> assertEquals(0, peer.active()));
    }

    @Test
    void no_server_can_be_a_backup() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> Loaded.of("ip-hash", "\"127.0.0.1:1\", { address = \"127.0.0.1:2\", backup = on }"));
        assertTrue(refused.getMessage().contains("backup"), refused.getMessage());
    }

    @Test
    void a_steady_request_allocates_nothing() {
        Upstream upstream = Loaded.of("ip-hash", Loaded.ofWeights(5, 1, 1));
        Selection request = Loaded.request(upstream);
        Address client = client(1, 2);
        steady(upstream, request, client, 20_000);
        assertEquals(0, Allocated.by(() -> steady(upstream, request, client, 10_000)));
    }

    private static void steady(Upstream upstream, Selection request, Address client, int times) {
        for (int i = 0; i < times; i++) {
            request.start(upstream);
            request.client(client);
            request.get(NOW);
            request.free(Outcome.KEEPALIVE, NOW);
        }
    }

    private static int ask(Upstream upstream, Address client) {
        Selection request = Loaded.request(upstream);
        request.client(client);
        assertEquals(Choice.PEER, request.get(NOW));
        int chosen = request.taken();
        request.free(Outcome.DONE, NOW);
        return chosen;
    }

    private static Address client(int network, int host) {
        return Address.inet(new byte[] {(byte) (network >> 16), (byte) (network >> 8), (byte) network, (byte) host}, 1);
    }
}
