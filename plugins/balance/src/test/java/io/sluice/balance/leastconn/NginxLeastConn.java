package io.sluice.balance.leastconn;

import io.sluice.balance.NginxModel;
import java.util.List;

/** What ngx_http_upstream_least_conn_module.c does. */
final class NginxLeastConn extends NginxModel {
    NginxLeastConn(List<Server> primary, List<Server> backup) {
        super(primary, backup);
    }

    @Override
    protected boolean pick(Request request, long now) {
        Server least = null;
        boolean many = false;
        for (Server server : request.group) {
            if (!isUsable(request, server, now)) {
                continue;
            }
            if (least == null || server.conns * least.weight < least.conns * server.weight) {
                least = server;
                many = false;
            } else if (server.conns * least.weight == least.conns * server.weight) {
                many = true;
            }
        }
        if (least == null) {
            return false;
        }
        Server best = least;
        long total = 0;
        if (many) {
            for (Server server : request.group.subList(request.group.indexOf(least), request.group.size())) {
                if (isUsable(request, server, now) && server.conns * best.weight == best.conns * server.weight) {
                    total += gain(server);
                    if (server.current > best.current) {
                        best = server;
                    }
                }
            }
        }
        best.current -= total;
        take(request, best, now);
        return true;
    }
}
