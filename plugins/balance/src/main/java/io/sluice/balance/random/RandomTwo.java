package io.sluice.balance.random;

import io.sluice.balance.roundrobin.ElseRoundRobin;
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
final class RandomTwo extends ElseRoundRobin {
    private static final int NONE = -1;

    private final AliasTable table;
    private final Better better;

    RandomTwo(Peers peers, Better better) {
        super(peers);
        this.table = new AliasTable(peers);
        this.better = better;
    }

    @Override
    public void takeOver(Balancer former, int[] formerIndex) {
        super.takeOver(former, formerIndex);
        if (former instanceof RandomTwo before) {
            better.takeOver(before.better, formerIndex);
        }
    }

    @Override
    public Choice get(PeerRequest request) {
        Choice choice = super.get(request);
        if (choice == Choice.PEER) {
            better.taken(request);
        }
        return choice;
    }

    @Override
    protected boolean find(PeerRequest request, int missesBefore) {
        int first = NONE;
        int misses = missesBefore;
        while (misses <= MOST_MISSES) {
            int drawn = table.draw(request.random());
            if (drawn == first || !request.peers().mayTry(drawn)) {
                misses++;
            } else if (first == NONE) {
                first = drawn;
            } else if (request.take(better.of(request, first, drawn))) {
                remember(request, 0, misses);
                return true;
            } else {
                first = NONE;
                misses++;
            }
        }
        remember(request, 0, MOST_MISSES + 1);
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
        super.free(request, outcome);
        better.free(request, outcome);
    }
}
