package io.sluice.balance.hash;

import io.sluice.balance.NginxModel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** What ngx_http_upstream_get_hash_peer does, with the JDK's checksum. */
final class NginxHash extends NginxModel {
    NginxHash(List<Server> primary, List<Server> backup) {
        super(primary, backup);
    }

    @Override
    protected boolean pick(Request request, long now) {
        if (request.tries > 20 || request.group.size() < 2 || request.key.length == 0) {
            return roundRobin(request, now);
        }
        while (true) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            if (request.rehash > 0) {
                text.writeBytes(Integer.toString(request.rehash).getBytes(StandardCharsets.US_ASCII));
            }
            text.writeBytes(request.key);
            CRC32 crc = new CRC32();
            crc.update(text.toByteArray());
            request.hash += crc.getValue() >> 16 & 0x7fff;
            request.rehash++;
            Server server = walk(request);
            if (isUsable(request, server, now)) {
                take(request, server, now);
                return true;
            }
            if (++request.tries > 20) {
                return roundRobin(request, now);
            }
        }
    }

    private static Server walk(Request request) {
        long left = request.hash
                % request.group.stream().mapToLong(one -> one.weight).sum();
        for (Server server : request.group) {
            if (left < server.weight) {
                return server;
            }
            left -= server.weight;
        }
        throw new AssertionError();
    }
}
