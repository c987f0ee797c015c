package io.sluice.balance.hash;

import io.sluice.balance.NginxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** What ngx_http_upstream_get_chash_peer does, with the JDK's checksum over the whole of each text. */
final class NginxConsistent extends NginxModel {
    private final TreeMap<Long, String> points = new TreeMap<>();
    private final List<Map.Entry<Long, String>> list;

    NginxConsistent(List<Server> primary, List<Server> backup) {
        super(primary, backup);
        for (Server server : primary) {
            int colon = server.text.lastIndexOf(':');
            boolean unix = server.text.startsWith("unix:");
            String host = unix ? server.text.substring(5) : server.text.substring(0, colon);
            String port = unix ? "" : server.text.substring(colon + 1);
            long previous = 0;
            for (int i = 0; i < 160 * server.weight; i++) {
                CRC32 crc = new CRC32();
                crc.update((host + "\0" + port).getBytes(StandardCharsets.UTF_8));
                crc.update(ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt((int) previous)
                        .flip());
                previous = crc.getValue();
                points.putIfAbsent(previous, server.text);
            }
        }
        list = new ArrayList<>(points.entrySet());
    }

    @Override
    protected boolean pick(Request request, long now) {
        if (!request.begun) {
            request.begun = true;
            CRC32 crc = new CRC32();
            crc.update(request.key);
            request.hash = points.headMap(crc.getValue()).size();
        }
        if (request.tries > 20 || request.group.size() < 2 || request.key.length == 0) {
            return roundRobin(request, now);
        }
        while (true) {
            String text = list.get((int) (request.hash % list.size())).getValue();
            Server best = null;
            long total = 0;
            for (Server server : request.group) {
                if (isUsable(request, server, now) && server.text.equals(text)) {
                    total += gain(server);
                    if (best == null || server.current > best.current) {
                        best = server;
                    }
                }
            }
            if (best != null) {
                best.current -= total;
                take(request, best, now);
                return true;
            }
            request.hash++;
            if (++request.tries > 20) {
                return roundRobin(request, now);
            }
        }
    }

    /** Whose keys of this hash are. */
    String owner(String key) {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        Map.Entry<Long, String> found = points.ceilingEntry(crc.getValue());
        return found == null ? points.firstEntry().getValue() : found.getValue();
    }
}
