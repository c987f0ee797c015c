package io.sluice.balance;

import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Candidates;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;
import org.jspecify.annotations.Nullable;

/**
 * nginx's smooth weighted round robin, choice for choice ({@code ngx_http_upstream_get_peer}). While nothing is wrong
 * with any peer the choices repeat themselves and are read from a {@link Period}: a get costs the same for any number
 * of peers and takes no lock. As soon as one failed, is full, or was tried by the request at hand, nginx's walk goes on
 * from where the period stood; when the walk has been through a whole period without trouble, that is read again.
 *
 * <p><b>Thread:</b> any. The walk is under one lock, as in nginx with a zone.
 */
final class RoundRobin implements Balancer {
    /** A longer period is not kept, for its memory (4 bytes a choice): then every get walks. */
    static final int LONGEST_PERIOD = 65_536;

    private final int[] weights;
    private final int[] maxFails;
    private final long total;
    private final Object lock = new Object();
    private final Walk walk;
    private final PeriodRecorder recorder;

    /** Null while the walk is needed. Written under the lock. */
    private volatile @Nullable Period period;

    RoundRobin(Peers peers) {
        int size = peers.size();
        weights = new int[size];
        maxFails = new int[size];
        long sum = 0;
        long divisor = 0;
        for (int i = 0; i < size; i++) {
            weights[i] = peers.isDown(i) || peers.isDraining(i) ? 0 : peers.weight(i);
            maxFails[i] = peers.maxFails(i);
            sum += weights[i];
            divisor = gcd(weights[i], divisor);
        }
        total = sum;
        walk = new Walk(weights);
        long choices = divisor == 0 ? 0 : sum / divisor;
        int length = choices <= LONGEST_PERIOD ? (int) choices : 0;
        recorder = new PeriodRecorder(length, size);
        period = length > 0 ? FirstPeriod.of(weights, total, length) : null;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    @Override
    public Choice get(PeerRequest request) {
        while (true) {
            Period open = period;
            if (open == null || request.hasTried()) {
                return walk(request);
            }
            int index = open.next();
            if (index == Period.CLOSED) {
                continue;
            }
            if (!request.take(index)) {
                return walkInsteadOf(index, request);
            }
            if (isFull(request.peers(), index)) {
                synchronized (lock) {
                    close();
                }
            }
            return Choice.PEER;
        }
    }

    private static boolean isFull(Candidates peers, int index) {
        int most = peers.maxActive(index);
        return most > 0 && peers.active(index) >= most;
    }

    @Override
    public void free(PeerRequest request, Outcome outcome) {
        int index = request.taken();
        // What happens to an only peer changes no choice.
        if (outcome.isFailed() && maxFails[index] > 0 && weights.length > 1) {
            synchronized (lock) {
                close();
                walk.lighten(index, maxFails[index]);
            }
        }
    }

    /** Whether gets are read from a period now. */
    boolean isReading() {
        return period != null;
    }

    private Choice walk(PeerRequest request) {
        synchronized (lock) {
            close();
            return walkOn(request);
        }
    }

    /** The period gave out a peer that cannot be taken, for another worker was faster. That step is taken back. */
    private Choice walkInsteadOf(int refused, PeerRequest request) {
        synchronized (lock) {
            close();
            long[] current = walk.current();
            for (int i = 0; i < weights.length; i++) {
                current[i] -= weights[i];
            }
            current[refused] += total;
            return walkOn(request);
        }
    }

    // ---- under the lock

    private void close() {
        Period open = period;
        if (open != null) {
            period = null;
            open.close(weights, total, walk.current());
            recorder.forget();
        }
    }

    private Choice walkOn(PeerRequest request) {
        // Each refusal means that another worker took the last place of the peer since the walk saw it.
        for (int left = weights.length; left >= 0; left--) {
            int best = walk.step(request.peers());
            if (best < 0) {
                break;
            }
            if (request.take(best)) {
                watch(best, isFull(request.peers(), best));
                return Choice.PEER;
            }
            walk.undo(best);
        }
        recorder.forget();
        return Choice.BUSY;
    }

    /** @param full whether the next get must pass the chosen one over */
    private void watch(int chosen, boolean full) {
        if (walk.wasCalm() && !full) {
            period = recorder.step(chosen, walk.current());
        } else {
            recorder.forget();
        }
    }
}
