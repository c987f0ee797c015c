package io.sluice.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.Address;
import io.sluice.core.time.SeededRandomness;
import io.sluice.upstream.Peer;
import io.sluice.upstream.Selection;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import io.sluice.upstream.discover.PeerSet;
import io.sluice.upstream.discover.PeerSpec;
import io.sluice.upstream.discover.PeerTerms;
import io.sluice.upstream.discover.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The set of peers is replaced while requests are under way. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReplacedTest {
    private static final long NOW = 1_000_000;
    private static final PeerTerms TERMS = new PeerTerms(1, 0, 1, 10_000, 0, Standing.UP, false, null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "round-robin",
                "ip-hash",
                "{ method = hash, key = k }",
                "{ method = hash, key = k, consistent = on }",
                "least-conn",
                "{ method = least-time, inflight = on }",
                "random",
                "{ method = random, two = least-conn }",
                "{ method = random, two = least-time, inflight = on }"
            })
    void requests_go_on_and_all_is_given_back(String balance) throws InterruptedException {
        Upstream upstream = Loaded.of(balance, Loaded.servers(3));
        upstream.replace(ports(1, 2, 3));
        List<Peer> all = new ArrayList<>(upstream.peers());
        AtomicInteger worker = new AtomicInteger();
        Threads.two(() -> {
            int mine = worker.incrementAndGet();
            SeededRandomness random = new SeededRandomness(mine);
            List<Selection> held = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                if (mine == 1 && i % 50 == 0) {
                    upstream.replace(i % 100 == 0 ? ports(1, 2, 3) : ports(3, 4, 1, 5));
                    synchronized (all) {
                        all.addAll(upstream.peers());
                    }
                }
                Selection request = new Selection(random);
                Loaded.start(request, upstream, "key" + i % 100);
                if (request.get(NOW) == Choice.PEER) {
                    request.tell(PeerEvent.HEADER, NOW + i % 7);
                    held.add(request);
                }
                if (held.size() > 5) {
                    held.removeFirst().free(i % 11 == 0 ? Outcome.NEXT : Outcome.KEEPALIVE, NOW + i % 9);
                }
            }
            held.forEach(request -> request.free(Outcome.DONE, NOW));
        });
        all.forEach(peer -> assertEquals(0, peer.active(), peer::toString));
        upstream.replace(ports(1, 3));
        for (int i = 0; i < 100; i++) {
            Selection request = Loaded.request(upstream, "key" + i);
            assertEquals(Choice.PEER, request.get(NOW));
            assertTrue(request.peer().address().port() % 2 == 1);
            request.free(Outcome.DONE, NOW);
        }
    }

    @Test
    void who_had_his_turn_just_now_has_not_the_first_again() {
        Upstream upstream = Loaded.of("round-robin", Loaded.servers(2));
        upstream.replace(ports(1, 2));
        assertEquals(1, ask(upstream));
        upstream.replace(ports(1, 2));
        assertEquals(2, ask(upstream));
        upstream.replace(ports(2, 1));
        assertEquals(1, ask(upstream) + ask(upstream) - 2, "both have one more");
    }

    @Test
    void what_is_known_of_times_stays() {
        Upstream upstream = Loaded.of("least-time", Loaded.servers(2));
        upstream.replace(ports(1, 2));
        for (int i = 0; i < 2; i++) {
            Selection request = Loaded.request(upstream);
            request.get(NOW);
            request.tell(PeerEvent.HEADER, NOW + (request.peer().address().port() == 1 ? 900 : 30));
            request.free(Outcome.DONE, NOW + 900);
        }
        upstream.replace(ports(2, 1));
        for (int i = 0; i < 5; i++) {
            assertNotEquals(1, ask(upstream), "the slow one");
        }
    }

    private static int ask(Upstream upstream) {
        Selection request = Loaded.request(upstream);
        assertEquals(Choice.PEER, request.get(NOW));
        int port = request.peer().address().port();
        request.free(Outcome.DONE, NOW);
        return port;
    }

    private static PeerSet ports(int... ports) {
        List<PeerSpec> peers = new ArrayList<>();
        for (int port : ports) {
            Address address = Address.inet(new byte[] {127, 0, 0, 1}, port);
            peers.add(new PeerSpec(address, address.toString(), TERMS));
        }
        return new PeerSet(peers);
    }
}
