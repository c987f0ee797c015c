package io.sluice.balance.iphash;

import io.sluice.balance.roundrobin.ElseRoundRobin;
import io.sluice.balance.weight.WeightLine;
import io.sluice.core.connection.Address;
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
final class IpHash extends ElseRoundRobin {
    private static final int FIRST = 89;

    /** Of 256 clients in one network, all go to the same peer. */
    private static final int IPV4_BYTES = 3;

    private final WeightLine line;

    IpHash(Peers peers) {
        super(peers);
        line = new WeightLine(peers);
    }

    @Override
    protected boolean find(PeerRequest request, int missesBefore) {
        int misses = missesBefore;
        // One more than the hash, for 0 says that there is none yet.
        long place = place(request);
        int hash = place == 0 ? FIRST : (int) (place - 1);
        Address client = request.client();
        while (misses <= MOST_MISSES) {
            hash = hash(hash, client);
            if (request.take(line.at(hash % line.length()))) {
                remember(request, hash + 1L, misses);
                return true;
            }
            misses++;
        }
        remember(request, hash + 1L, misses);
        return false;
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
}
