package io.sluice.balance.random;

import io.sluice.balance.roundrobin.RoundRobin;
import io.sluice.balance.weight.AliasTable;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;

/**
 * nginx's {@code random} ({@code ngx_http_upstream_get_random_peer}): each peer as often as its weight says, on average.
 * After too many misses of a request, or with one peer only, it is round robin.
 *
 * <p>A get costs O(1), and no lock, while it finds its peer.
 *
 * <p><b>Thread:</b> any.
 */
final class RandomOne implements Balancer {
    static final int MOST_MISSES = 20;

    private final int size;
    private final AliasTable table;
    private final RoundRobin roundRobin;

    RandomOne(Peers peers) {
        size = peers.size();
        table = new AliasTable(peers);
        roundRobin = RoundRobin.behindAnother(peers);
    }

    @Override
    public void takeOver(Balancer former, int[] formerIndex) {
        if (former instanceof RandomOne before) {
            roundRobin.takeOver(before.roundRobin, formerIndex);
        }
    }

    @Override
    public Choice get(PeerRequest request) {
        if (size >= 2) {
            for (long misses = request.note(); misses <= MOST_MISSES; misses++) {
                if (request.take(table.draw(request.random()))) {
                    request.note(misses);
                    return Choice.PEER;
                }
            }
            request.note(MOST_MISSES + 1);
        }
        return roundRobin.get(request);
    }

    @Override
    public void free(PeerRequest request, Outcome outcome) {
        roundRobin.free(request, outcome);
    }
}
