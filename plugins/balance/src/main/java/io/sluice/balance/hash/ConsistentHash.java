package io.sluice.balance.hash;

import io.sluice.balance.roundrobin.RoundRobin;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
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
final class ConsistentHash implements Balancer {
    private static final int MOST_MISSES = 20;
    private static final int MISS_BITS = 8;

    private final int size;
    private final Ring ring;
    private final RoundRobin roundRobin;

    ConsistentHash(Peers peers) {
        size = peers.size();
        ring = new Ring(peers);
        roundRobin = RoundRobin.behindAnother(peers);
    }

    @Override
    public void takeOver(Balancer former, int[] formerIndex) {
        if (former instanceof ConsistentHash before) {
            roundRobin.takeOver(before.roundRobin, formerIndex);
        }
    }

    @Override
    public Choice get(PeerRequest request) {
        // The point and the misses so far, one more than 0 once there are any.
        long progress = request.note() - 1;
        int misses = progress < 0 ? 0 : (int) progress & (1 << MISS_BITS) - 1;
        if (misses > MOST_MISSES || size < 2 || request.keyLength() == 0) {
            return roundRobin.get(request);
        }
        int point = progress < 0
                ? ring.find(Crc32.end(Crc32.add(Crc32.START, request.keyBytes(), request.keyLength())))
                : (int) (progress >>> MISS_BITS);
        while (true) {
            if (point == ring.size()) {
                point = 0;
            }
            int server = ring.server(point);
            if (roundRobin.takeAmong(request, ring.members(), ring.begin(server), ring.begin(server + 1))) {
                request.note(((long) point << MISS_BITS | misses) + 1);
                return Choice.PEER;
            }
            point++;
            if (++misses > MOST_MISSES) {
                request.note(((long) point << MISS_BITS | misses) + 1);
                return roundRobin.get(request);
            }
        }
    }

    @Override
    public void free(PeerRequest request, Outcome outcome) {
        roundRobin.free(request, outcome);
    }
}
