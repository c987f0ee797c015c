package io.sluice.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Workers whose requests wait for the same few peers, in threads of their own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueueThreadsTest {
    private static final int WORKERS = 3;
    private static final int CLIENTS = 8;
    private static final int REQUESTS = 3_000 * Integer.getInteger("sluice.fuzz", 1);

    private final Upstream upstream = new Upstream(
            "backend",
            0,
            new UpstreamTerms(
                    null,
                    Rig.KEEPALIVE,
                    new QueueSettings(1_000, Duration.ofHours(1)),
                    new RetryBudgetSettings(false, 0, 0)),
            Rig.parts(FirstPeer.FIRST, Rig.server(2, 0, false, false), Rig.server(1, 0, false, false)));

    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger givenUp = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger(WORKERS);

    /** One client of a worker: asks, perhaps waits, holds a peer for a while, gives it back or tries the next. */
    private final class Client implements PeerWaiter {
        private final Balancing balancing;
        private final QueuedRequest queued;
        private boolean asking;

        Client(Rig rig) {
            balancing = new Balancing(rig, rig.log().speaker());
            queued = new QueuedRequest(rig, balancing, this, null);
        }

        void begin(Rig rig) {
            balancing.start(upstream, Reach.plain("test"), rig.log());
            took(queued.get(1));
        }

        private void took(Choice choice) {
            asking = choice == null;
            if (choice == Choice.BUSY && balancing.selection().hasTriedAny()) {
                balancing.end();
            } else if (choice != null && choice != Choice.PEER) {
                wrong.add("answered " + choice);
            }
        }

        void step(Rig rig, Random random) {
            if (asking) {
                if (random.nextInt(200) == 0) {
                    queued.giveUp();
                    asking = false;
                    givenUp.incrementAndGet();
                }
                return;
            }
            if (!balancing.holds()) {
                begin(rig);
                return;
            }
            Peer peer = balancing.peer();
            if (peer.active() > peer.maxActive()) {
                wrong.add(peer.active() + " hold " + peer);
            }
            balancing.free(Outcome.NEXT, 1);
            served.incrementAndGet();
            if (random.nextInt(4) == 0) {
                took(queued.get(1));
            } else {
                balancing.end();
            }
        }

        void finish() {
            queued.giveUp();
            if (balancing.holds()) {
                balancing.free(Outcome.DONE, 1);
            }
        }

        @Override
        public void peerFree() {
            took(queued.granted());
        }

        @Override
        public void queueTimedOut() {
            wrong.add("timed out");
        }
    }

    private void work(int seed) {
        Random random = new Random(seed);
        Rig rig = new Rig();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(rig));
        }
        while (served.get() < REQUESTS && wrong.isEmpty()) {
            rig.turn();
            clients.get(random.nextInt(CLIENTS)).step(rig, random);
        }
        for (Client client : clients) {
            client.finish();
        }
        running.decrementAndGet();
        // The others hand peers on to whoever waits, also here.
        while (running.get() > 0) {
            rig.turn();
            Thread.onSpinWait();
        }
    }

    @Test
    void every_request_that_waits_is_served_and_no_peer_is_held_by_too_many() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            int seed = i;
            threads.add(Thread.ofPlatform().start(() -> work(seed)));
        }
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(60));
            assertTrue(
                    !thread.isAlive(),
                    "requests wait though peers are free: served " + served + ", waiting "
                            + upstream.queue().length() + ", active "
                            + upstream.peers().stream().map(Peer::active).toList());
        }
        assertEquals(List.of(), List.copyOf(wrong));
        assertTrue(givenUp.get() > 0, "some gave up");
        assertTrue(upstream.queue().isEmpty());
        for (Peer peer : upstream.peers()) {
            assertEquals(0, peer.active());
        }
    }
}
