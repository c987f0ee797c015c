package io.sluice.balance.hash;

import io.sluice.balance.roundrobin.ElseRoundRobin;
import io.sluice.balance.weight.WeightLine;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;

/**
 * nginx's {@code hash}, with the same mapping ({@code ngx_http_upstream_get_hash_peer}; that of Cache::Memcached): a
 * place on the line of weights. Each miss, and each further attempt, adds the hash of the key behind a counter. After too
 * many misses, without a key, or with one peer only it is round robin. When the number of peers changes, most keys move.
 *
 * <p>A get costs O(log n), and no lock, while it finds its peer.
 *
 * <p><b>Thread:</b> any.
 */
final class KeyHash extends ElseRoundRobin {
    /** Of the place: in how many rounds the sum above it came about. */
    private static final int ROUND_BITS = 16;

    private final WeightLine line;

    KeyHash(Peers peers) {
        super(peers);
        line = new WeightLine(peers);
    }

    @Override
    protected boolean find(PeerRequest request, int missesBefore) {
        byte[] key = request.keyBytes();
        int length = request.keyLength();
        if (length == 0) {
            return false;
        }
        int misses = missesBefore;
        long place = place(request);
        long sum = place >>> ROUND_BITS;
        int rounds = (int) place & (1 << ROUND_BITS) - 1;
        while (misses <= MOST_MISSES) {
            int state = rounds == 0 ? Crc32.START : Crc32.addDecimal(Crc32.START, rounds);
            sum += Crc32.end(Crc32.add(state, key, length)) >>> 16 & 0x7fff;
            rounds++;
            if (request.take(line.at(sum % line.length()))) {
                remember(request, sum << ROUND_BITS | rounds, misses);
                return true;
            }
            misses++;
        }
        remember(request, sum << ROUND_BITS | rounds, misses);
        return false;
    }
}
