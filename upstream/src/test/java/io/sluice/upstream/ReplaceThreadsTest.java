package io.sluice.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.SeededRandomness;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.discover.PeerTerms;
import io.sluice.upstream.discover.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Sets are replaced at random while workers take peers and give them back. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReplaceThreadsTest {
    private static final int PORTS = 8;
    private static final int MOST = 2;
    private static final PeerTerms TERMS = new PeerTerms(1, MOST, 0, 10_000, 0, Standing.UP, false, null);
    private static final int ROUNDS = 2_000 * Integer.getInteger("sluice.fuzz", 1);

    private final Upstream upstream = Rig.upstream(FirstPeer.FIRST, Rig.server());

    /** For each port the number of the replacement since which it is gone; 0 while it is there. */
    private final AtomicIntegerArray goneSince = new AtomicIntegerArray(PORTS + 1);

    private final AtomicLong replacements = new AtomicLong();
    private final AtomicIntegerArray held = new AtomicIntegerArray(PORTS + 1);
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    private void replace(Random random) {
        int[] ports = random.ints(1, PORTS + 1)
                .limit(1 + random.nextInt(PORTS))
                .distinct()
                .toArray();
        boolean[] there = new boolean[PORTS + 1];
        for (int port : ports) {
            there[port] = true;
            goneSince.set(port, 0);
        }
        upstream.replace(ReplaceTest.of(TERMS, ports));
        int number = (int) replacements.incrementAndGet();
        for (int port = 1; port <= PORTS; port++) {
            if (!there[port]) {
                goneSince.compareAndSet(port, 0, number);
            }
        }
    }

    private void work(int seed) {
        Random random = new Random(seed);
        Selection request = new Selection(new SeededRandomness(seed));
        while (!ended) {
            request.start(upstream);
            for (int attempt = random.nextInt(3); attempt >= 0; attempt--) {
                int before = (int) replacements.get();
                if (request.get(1) != Choice.PEER) {
                    break;
                }
                int port = request.peer().address().port();
                // Gone before we asked, and not back until now.
                int since = goneSince.get(port);
                if (since != 0 && since <= before && request.peer().isRemoved()) {
                    wrong.add("took " + port + " that was gone since " + since + " at " + before);
                }
                int now = held.incrementAndGet(port);
                if (now > MOST) {
                    wrong.add(now + " held " + port);
                }
                if (random.nextInt(4) == 0) {
                    Thread.yield();
                }
                held.decrementAndGet(port);
                request.free(random.nextBoolean() ? Outcome.FAILED : Outcome.NEXT, 1);
            }
            request.end();
        }
    }

    @Test
    void no_peer_is_taken_after_its_removal_and_none_is_held_by_too_many() throws InterruptedException {
        replace(new Random(0));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int seed = i;
            threads.add(Thread.ofPlatform().start(() -> work(seed)));
        }
        Random random = new Random(42);
        for (int i = 0; i < ROUNDS && wrong.isEmpty(); i++) {
            replace(random);
        }
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(wrong));
        int[] all = new int[PORTS];
        Arrays.setAll(all, i -> i + 1);
        upstream.replace(ReplaceTest.of(TERMS, all));
        for (Peer peer : upstream.peers()) {
            assertEquals(0, peer.active(), peer.toString());
        }
        assertTrue(upstream.peers().stream().noneMatch(Peer::isRemoved));
    }
}
