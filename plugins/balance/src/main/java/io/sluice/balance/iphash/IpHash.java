package io.sluice.balance.iphash;

import io.sluice.balance.roundrobin.RoundRobin;
import io.sluice.balance.weight.WeightLine;
import io.sluice.core.connection.Address;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;
import org.jspecify.annotations.Nullable;

/**
 * nginx's {@code ip_hash}, with the same mapping ({@code ngx_http_upstream_get_ip_hash_peer}): three bytes of an IPv4
 * address or all of an IPv6 address are hashed to a place on the line of weights, and hashed on from there after each
 * miss and for each further attempt. After too many misses, or with one peer only, it is round robin.
 *
 * <p>A get costs O(log n), and no lock, while it finds its peer.
 *
 * <p><b>Thread:</b> any.
 */
final class IpHash implements Balancer {
    private static final int MOST_MISSES = 20;
    private static final int MISS_BITS = 8;
    private static final int FIRST = 89;

    /** Of 256 clients in one network, all go to the same peer. */
    private static final int IPV4_BYTES = 3;

    private final int size;
    private final WeightLine line;
    private final RoundRobin roundRobin;

    IpHash(Peers peers) {
        size = peers.size();
        line = new WeightLine(peers);
        roundRobin = RoundRobin.behindAnother(peers);
    }

    @Override
    public void takeOver(Balancer former, int[] formerIndex) {
        if (former instanceof IpHash before) {
            roundRobin.takeOver(before.roundRobin, formerIndex);
        }
    }

    @Override
    public Choice get(PeerRequest request) {
        // The hash and the misses so far, one more than 0 once there are any.
        long progress = request.note() - 1;
        int hash = progress < 0 ? FIRST : (int) (progress >>> MISS_BITS);
        int misses = progress < 0 ? 0 : (int) progress & (1 << MISS_BITS) - 1;
        if (misses > MOST_MISSES || size < 2) {
            return roundRobin.get(request);
        }
        Address client = request.client();
        while (true) {
            hash = hash(hash, client);
            if (request.take(line.at(hash % line.length()))) {
                request.note(((long) hash << MISS_BITS | misses) + 1);
                return Choice.PEER;
            }
            if (++misses > MOST_MISSES) {
                request.note(((long) hash << MISS_BITS | misses) + 1);
                return roundRobin.get(request);
            }
        }
    }

    /** Of a unix socket, or none, it is that of three zero bytes. */
    private static int hash(int before, @Nullable Address client) {
        int length = client != null && client.family() == Address.Family.INET6 ? client.length() : IPV4_BYTES;
        int hash = before;
        for (int i = 0; i < length; i++) {
            int octet = client == null || client.isUnix() ? 0 : client.byteAt(i) & 255;
            hash = (hash * 113 + octet) % 6271;
        }
        return hash;
    }

    @Override
    public void free(PeerRequest request, Outcome outcome) {
        roundRobin.free(request, outcome);
    }
}
