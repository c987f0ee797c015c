package io.sluice.balance.roundrobin;

import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;

/**
 * A balancer that looks for a peer in its own way, and goes on with round robin after too many misses, or with one peer
 * only: what nginx's hashes and random have in common.
 *
 * <p>How often a request has missed is the highest byte of its note. The rest of the note is the balancer's own.
 *
 * <p><b>Thread:</b> any.
 */
public abstract class ElseRoundRobin implements Balancer {
    /** A request that has missed more often is given a peer by round robin. */
    protected static final int MOST_MISSES = 20;

    private static final int MISSES = 56;
    private static final long PLACE = (1L << MISSES) - 1;

    private final boolean hasChoice;
    private final RoundRobin roundRobin;

    protected ElseRoundRobin(Peers peers) {
        hasChoice = peers.size() > 1;
        roundRobin = RoundRobin.behindAnother(peers);
    }

    @Override
    public void takeOver(Balancer former, int[] formerIndex) {
        if (former instanceof ElseRoundRobin before) {
            roundRobin.takeOver(before.roundRobin, formerIndex);
        }
    }

    @Override
    public Choice get(PeerRequest request) {
        int misses = (int) (request.note() >>> MISSES);
        return hasChoice && misses <= MOST_MISSES && find(request, misses) ? Choice.PEER : roundRobin.get(request);
    }

    /**
     * Looks for a peer and takes it.
     *
     * @param misses of this request so far, not more than {@link #MOST_MISSES}
     * @return false if it has missed too often now, or cannot be looked for so; nothing is taken then
     */
    protected abstract boolean find(PeerRequest request, int misses);

    /** What {@link #remember} said last; 0 at first. */
    protected static long place(PeerRequest request) {
        return request.note() & PLACE;
    }

    /**
     * Keeps with the request how far it has come.
     *
     * @param place of 56 bits
     */
    protected static void remember(PeerRequest request, long place, int misses) {
        request.note((long) misses << MISSES | place);
    }

    /** As {@link RoundRobin#takeAmong}, by the weights that the round robin goes on with. */
    protected boolean takeAmong(PeerRequest request, int[] members, int from, int to) {
        return roundRobin.takeAmong(request, members, from, to);
    }

    @Override
    public void free(PeerRequest request, Outcome outcome) {
        roundRobin.free(request, outcome);
    }
}
