package io.sluice.balance.random;

import io.sluice.balance.roundrobin.ElseRoundRobin;
import io.sluice.balance.weight.AliasTable;
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
final class RandomOne extends ElseRoundRobin {
    private final AliasTable table;

    RandomOne(Peers peers) {
        super(peers);
        table = new AliasTable(peers);
    }

    @Override
    protected boolean find(PeerRequest request, int missesBefore) {
        for (int misses = missesBefore; misses <= MOST_MISSES; misses++) {
            if (request.take(table.draw(request.random()))) {
                remember(request, 0, misses);
                return true;
            }
        }
        remember(request, 0, MOST_MISSES + 1);
        return false;
    }
}
