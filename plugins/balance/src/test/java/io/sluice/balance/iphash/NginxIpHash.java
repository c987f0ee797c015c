package io.sluice.balance.iphash;

import io.sluice.balance.NginxModel;
import java.util.List;

/** What ngx_http_upstream_ip_hash_module.c does. */
final class NginxIpHash extends NginxModel {
    NginxIpHash(List<Server> primary, List<Server> backup) {
        super(primary, backup);
    }

    @Override
    protected boolean pick(Request request, long now) {
        if (!request.begun) {
            request.begun = true;
            request.hash = 89;
        }
        if (request.tries > 20 || request.group.size() < 2) {
            return roundRobin(request, now);
        }
        long hash = request.hash;
        byte[] address = request.client == null ? new byte[3] : request.client;
        int length = address.length == 16 ? 16 : 3;
        while (true) {
            for (int i = 0; i < length; i++) {
                hash = (hash * 113 + Byte.toUnsignedInt(address[i])) % 6271;
            }
            long left =
                    hash % request.group.stream().mapToLong(one -> one.weight).sum();
            int at = 0;
            while (left >= request.group.get(at).weight) {
                left -= request.group.get(at).weight;
                at++;
            }
            Server server = request.group.get(at);
            if (isUsable(request, server, now)) {
                take(request, server, now);
                request.hash = hash;
                return true;
            }
            if (++request.tries > 20) {
                return roundRobin(request, now);
            }
        }
    }
}
