package io.sluice.balance.leasttime;

import io.sluice.balance.NginxModel;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What nginx's least_time does, but that silence is counted in milliseconds. */
final class NginxLeastTime extends NginxModel {
    private static final class Times {
        private long header;
        private long response;
        private long inflightTime;
        private long inflightLast;
        private long inflightChanged;
        private long inflightRequests;
    }

    private final boolean byHeader;
    private final boolean useInflight;
    private final Map<Server, Times> times = new HashMap<>();

    NginxLeastTime(List<Server> primary, List<Server> backup, boolean byHeader, boolean useInflight) {
        super(primary, backup);
        this.byHeader = byHeader;
        this.useInflight = useInflight;
        primary.forEach(server -> times.put(server, new Times()));
        backup.forEach(server -> times.put(server, new Times()));
    }

    private static long average(long before, long value) {
        return before == 0 ? value : (long) (0.5 + (value * 0.05 + before * 0.95));
    }

    private long eta(Server server, long now) {
        Times its = times.get(server);
        long time = byHeader ? its.header : its.response;
        if (now - server.checked > server.failTimeout) {
            long shift = (now - server.checked) / (server.failTimeout + 1);
            time = shift < 64 ? time >> shift : 0;
        }
        if (its.inflightRequests > 0) {
            time = Math.max(time, its.inflightTime);
        }
        if (time > 5_000) {
            time = 5_000;
        } else {
            time += 20 - time % 20;
        }
        return time * (1 + server.conns);
    }

    @Override
    protected boolean pick(Request request, long now) {
        Server least = null;
        long leastEta = 0;
        boolean many = false;
        for (Server server : request.group) {
            if (!isUsable(request, server, now)) {
                continue;
            }
            Times its = times.get(server);
            if (its.inflightRequests > 0) {
                its.inflightTime = average(
                        its.inflightTime, its.inflightLast / its.inflightRequests + (now - its.inflightChanged));
            }
            long eta = eta(server, now);
            if (least == null || eta * least.weight < leastEta * server.weight) {
                least = server;
                leastEta = eta;
                many = false;
            } else if (eta * least.weight == leastEta * server.weight) {
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
                if (isUsable(request, server, now) && eta(server, now) * least.weight == leastEta * server.weight) {
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

    @Override
    protected void take(Request request, Server best, long now) {
        if (useInflight) {
            Times its = times.get(best);
            if (its.inflightRequests > 0) {
                its.inflightLast += (now - its.inflightChanged) * its.inflightRequests;
            }
            its.inflightChanged = now;
            its.inflightRequests++;
            request.inflight = true;
        }
        super.take(request, best, now);
    }

    private void done(Request request, Times its, long now, long last) {
        if (its.inflightRequests == 1) {
            its.inflightLast = 0;
        } else {
            its.inflightLast += (now - its.inflightChanged) * its.inflightRequests - last;
            its.inflightChanged = now;
        }
        its.inflightRequests--;
        request.inflight = false;
    }

    @Override
    public void notify(Request request, PeerEvent event, long now) {
        boolean first = request.header < 0;
        super.notify(request, event, now);
        if (useInflight && byHeader && first && !single) {
            Times its = times.get(request.held);
            its.header = average(its.header, request.header);
            done(request, its, now, request.header);
        }
    }

    @Override
    public void free(Request request, Outcome outcome, long now) {
        Times its = times.get(request.held);
        long whole = now - request.started;
        if (request.inflight) {
            done(request, its, now, whole);
        }
        boolean well = !outcome.isFailed() && !outcome.isNext();
        if (well && request.header >= 0) {
            its.response = average(its.response, whole);
            if (!(useInflight && byHeader)) {
                its.header = average(its.header, request.header);
            }
        }
        super.free(request, outcome, now);
    }
}
