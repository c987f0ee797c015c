package io.sluice.balance.roundrobin;

import io.sluice.balance.weight.SmoothWeights;
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
 * of peers, O(1), and takes no lock. As soon as one failed, is full, starts slowly, or was tried by the request at hand,
 * nginx's walk goes on from where the period stood, at O(n); when the walk has been through a whole period without
 * trouble, that is read again. Requests that get the server they wish for are steps of the walk too.
 *
 * <p>Others fall back on it, as nginx's do, and let some of the peers take turns by the same weights.
 *
 * <p><b>Thread:</b> any. The walk is under one lock, as in nginx with a zone.
 */
public final class RoundRobin implements Balancer {
    /** A longer period is not kept, for its memory (4 bytes a choice): then every get walks. */
    static final int LONGEST_PERIOD = 65_536;

    private final int[] weights;
    private final int[] maxFails;
    private final long total;

    /** Also of the peers that are down. */
    private final long totalOfAll;

    private final Object lock = new Object();
    private final Walk walk;
    private final PeriodRecorder recorder;

    /** Null while the walk is needed. Written under the lock. */
    private volatile @Nullable Period period;

    /** Of the peers, when the period was last known to hold. Written under the lock. */
    private volatile long generation;

    RoundRobin(Peers peers) {
        this(peers, true);
    }

    /**
     * What another balancer goes on with when it finds nobody: of peers that it takes itself too.
     *
     * <p>A period does not hear of a peer that became full that way, so where peers have limits every get walks.
     */
    static RoundRobin behindAnother(Peers peers) {
        boolean limited = false;
        for (int i = 0; i < peers.size(); i++) {
            limited |= peers.maxActive(i) > 0;
        }
        return new RoundRobin(peers, !limited);
    }

    private RoundRobin(Peers peers, boolean reads) {
        int size = peers.size();
        weights = SmoothWeights.of(peers);
        maxFails = new int[size];
        long sum = 0;
        long all = 0;
        long divisor = 0;
        for (int i = 0; i < size; i++) {
            maxFails[i] = peers.maxFails(i);
            sum += weights[i];
            all += peers.weight(i);
            divisor = gcd(weights[i], divisor);
        }
        total = sum;
        totalOfAll = all;
        walk = new Walk(weights);
        long choices = divisor == 0 ? 0 : sum / divisor;
        int length = reads && choices <= LONGEST_PERIOD ? (int) choices : 0;
        recorder = new PeriodRecorder(length, size);
        generation = peers.generation();
        period = length > 0 ? FirstPeriod.of(weights, total, length) : null;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** Peers that stay keep what they have, so that who had his turn just now has not the first again. */
    @Override
    public void takeOver(Balancer former, int[] formerIndex) {
        if (former instanceof RoundRobin before) {
            synchronized (before.lock) {
                before.close();
                synchronized (lock) {
                    close();
                    walk.weights().takeOver(before.walk.weights(), formerIndex);
                }
            }
        }
    }

    @Override
    public Choice get(PeerRequest request) {
        while (true) {
            Period open = period;
            if (open == null || request.hasTried() || request.peers().generation() != generation) {
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

    /** A step of the walk as well, unless the peer has paid for so many wishes that it could never make up for them. */
    @Override
    public void hinted(PeerRequest request) {
        int index = request.taken();
        if (weights.length == 1) {
            return;
        }
        synchronized (lock) {
            close();
            long lowest = -(totalOfAll - request.peers().weight(index)) * Candidates.WHOLE;
            if (walk.weights().current()[index] > lowest) {
                walk.stepTo(index, request.peers());
                recorder.forget();
            }
        }
    }

    @Override
    public void free(PeerRequest request, Outcome outcome) {
        int index = request.taken();
        // What happens to an only peer changes no choice.
        if (outcome.isFailed() && maxFails[index] > 0 && weights.length > 1) {
            synchronized (lock) {
                close();
                walk.weights().lighten(index, maxFails[index]);
            }
        }
    }

    /**
     * Lets some of the peers take turns, for a balancer that has decided for them and not between them.
     *
     * @param members indexes of peers in their order, of which those between {@code from} and {@code to} are meant
     * @return whether the request has taken one of them
     */
    boolean takeAmong(PeerRequest request, int[] members, int from, int to) {
        if (to - from == 1) {
            return takeAlone(request, members[from]);
        }
        synchronized (lock) {
            close();
            recorder.forget();
            for (int left = to - from; left >= 0; left--) {
                int best = walk.stepAmong(members, from, to, request.peers());
                if (best < 0) {
                    return false;
                }
                if (request.take(best)) {
                    return true;
                }
                walk.undo();
            }
            return false;
        }
    }

    private boolean takeAlone(PeerRequest request, int index) {
        if (!request.take(index)) {
            return false;
        }
        // While a period is read, nobody has a weight to get back.
        if (period == null) {
            synchronized (lock) {
                walk.weights().chosenAlone(index);
            }
        }
        return true;
    }

    /** Whether gets are read from a period now. */
    boolean isReading() {
        return period != null;
    }

    private Choice walk(PeerRequest request) {
        synchronized (lock) {
            close();
            generation = request.peers().generation();
            return walkOn(request);
        }
    }

    /** The period gave out a peer that cannot be taken, for another worker was faster. That step is taken back. */
    private Choice walkInsteadOf(int refused, PeerRequest request) {
        synchronized (lock) {
            close();
            long[] current = walk.weights().current();
            for (int i = 0; i < weights.length; i++) {
                current[i] -= (long) weights[i] * Candidates.WHOLE;
            }
            current[refused] += total * Candidates.WHOLE;
            return walkOn(request);
        }
    }

    // ---- under the lock

    private void close() {
        Period open = period;
        if (open != null) {
            period = null;
            open.close(weights, total, walk.weights().current());
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
            walk.undo();
        }
        recorder.forget();
        return Choice.BUSY;
    }

    /** @param full whether the next get must pass the chosen one over */
    private void watch(int chosen, boolean full) {
        if (walk.wasCalm() && !full) {
            period = recorder.step(chosen, walk.weights().current());
        } else {
            recorder.forget();
        }
    }
}
