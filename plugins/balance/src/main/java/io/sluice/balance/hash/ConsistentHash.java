package io.sluice.balance.hash;

import io.sluice.balance.roundrobin.ElseRoundRobin;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;

/**
 * nginx's {@code hash … consistent}, with the same mapping ({@code ngx_http_upstream_get_chash_peer}): the key's place
 * on a {@link Ring}, and on from there to the next point for each miss. Peers that share a point take turns by their
 * weights. After too many misses, without a key, or with one peer only it is round robin. When a peer joins or leaves,
 * only keys move that go to it or came from it.
 *
 * <p>A get costs O(log n) while it finds its peer, and O(m) under a lock where m peers share a server's text.
 *
 * <p><b>Thread:</b> any.
 */
final class ConsistentHash extends ElseRoundRobin {
    private final Ring ring;

    ConsistentHash(Peers peers) {
        super(peers);
        ring = new Ring(peers);
    }

    @Override
    protected boolean find(PeerRequest request, int missesBefore) {
        if (request.keyLength() == 0) {
            return false;
        }
        int misses = missesBefore;
        // One more than the point, for 0 says that there is none yet.
        long place = place(request);
        int point = place == 0
                ? ring.find(Crc32.end(Crc32.add(Crc32.START, request.keyBytes(), request.keyLength())))
                : (int) (place - 1);
        while (misses <= MOST_MISSES) {
            if (point == ring.size()) {
                point = 0;
            }
            int server = ring.server(point);
            if (takeAmong(request, ring.members(), ring.begin(server), ring.begin(server + 1))) {
                remember(request, point + 1L, misses);
                return true;
            }
            point++;
            misses++;
        }
        remember(request, point + 1L, misses);
        return false;
    }
}
