package io.sluice.balance.random;

import io.sluice.balance.roundrobin.RoundRobin;
import io.sluice.balance.weight.AliasTable;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;

/**
 * nginx's {@code random two} ({@code ngx_http_upstream_get_random2_peer}): two peers are drawn by their weights, and the
 * better is taken. After too many misses of a request, to which the same peer drawn twice counts, or with one peer only,
 * it is round robin.
 *
 * <p>A get costs O(1) while it finds its peers. It takes no lock to draw: that another worker takes the same peer at the
 * same time makes the choice a little worse, not wrong.
 *
 * <p><b>Thread:</b> any.
 */
final class RandomTwo implements Balancer {
    private static final int NONE = -1;

    /** Where the misses are in the request's note, of which the rest is {@link Better}'s. */
    private static final int MISSES = 56;

    private final int size;
    private final AliasTable table;
    private final Better better;
    private final RoundRobin roundRobin;

    RandomTwo(Peers peers, Better better) {
        this.size = peers.size();
        this.table = new AliasTable(peers);
        this.better = better;
        this.roundRobin = RoundRobin.behindAnother(peers);
    }

    @Override
    public void takeOver(Balancer former, int[] formerIndex) {
        if (former instanceof RandomTwo before) {
            roundRobin.takeOver(before.roundRobin, formerIndex);
            better.takeOver(before.better, formerIndex);
        }
    }

    @Override
    public Choice get(PeerRequest request) {
        Choice choice = size >= 2 && draw(request) ? Choice.PEER : roundRobin.get(request);
        if (choice == Choice.PEER) {
            better.taken(request);
        }
        return choice;
    }

    private boolean draw(PeerRequest request) {
        int first = NONE;
        int misses = (int) (request.note() >>> MISSES);
        while (misses <= RandomOne.MOST_MISSES) {
            int drawn = table.draw(request.random());
            if (drawn == first || !request.peers().mayTry(drawn)) {
                misses++;
            } else if (first == NONE) {
                first = drawn;
            } else if (request.take(better.of(request, first, drawn))) {
                request.note((long) misses << MISSES);
                return true;
            } else {
                first = NONE;
                misses++;
            }
        }
        request.note((long) (RandomOne.MOST_MISSES + 1) << MISSES);
        return false;
    }

    @Override
    public void hinted(PeerRequest request) {
        better.taken(request);
    }

    @Override
    public void notify(PeerRequest request, PeerEvent event) {
        better.notify(request, event);
    }

    @Override
    public void free(PeerRequest request, Outcome outcome) {
        roundRobin.free(request, outcome);
        better.free(request, outcome);
    }
}
