package io.sluice.balance.hash;

import io.sluice.balance.roundrobin.RoundRobin;
import io.sluice.balance.weight.WeightLine;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
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
final class KeyHash implements Balancer {
    private static final int MOST_MISSES = 20;

    private final int size;
    private final WeightLine line;
    private final RoundRobin roundRobin;

    KeyHash(Peers peers) {
        size = peers.size();
        line = new WeightLine(peers);
        roundRobin = RoundRobin.behindAnother(peers);
    }

    @Override
    public void takeOver(Balancer former, int[] formerIndex) {
        if (former instanceof KeyHash before) {
            roundRobin.takeOver(before.roundRobin, formerIndex);
        }
    }

    @Override
    public Choice get(PeerRequest request) {
        long progress = request.note();
        int misses = Progress.misses(progress);
        if (misses > MOST_MISSES || size < 2 || request.keyLength() == 0) {
            return roundRobin.get(request);
        }
        long sum = Progress.sum(progress);
        int rounds = Progress.rounds(progress);
        byte[] key = request.keyBytes();
        int length = request.keyLength();
        while (true) {
            int state = rounds == 0 ? Crc32.START : Crc32.addDecimal(Crc32.START, rounds);
            sum += Crc32.end(Crc32.add(state, key, length)) >>> 16 & 0x7fff;
            rounds++;
            if (request.take(line.at(sum % line.length()))) {
                request.note(Progress.of(sum, rounds, misses));
                return Choice.PEER;
            }
            if (++misses > MOST_MISSES) {
                request.note(Progress.of(sum, rounds, misses));
                return roundRobin.get(request);
            }
        }
    }

    @Override
    public void free(PeerRequest request, Outcome outcome) {
        roundRobin.free(request, outcome);
    }

    /** How far a request has come, as the number it keeps: the sum of hashes, the rounds they came from, the misses. */
    private static final class Progress {
        private static final int MISS_BITS = 8;
        private static final int ROUND_BITS = 16;

        private Progress() {}

        static long of(long sum, int rounds, int misses) {
            return (sum << ROUND_BITS | rounds & (1 << ROUND_BITS) - 1) << MISS_BITS | misses;
        }

        static int misses(long progress) {
            return (int) progress & (1 << MISS_BITS) - 1;
        }

        static int rounds(long progress) {
            return (int) (progress >>> MISS_BITS) & (1 << ROUND_BITS) - 1;
        }

        static long sum(long progress) {
            return progress >>> MISS_BITS + ROUND_BITS;
        }
    }
}
