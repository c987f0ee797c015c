package io.sluice.balance;

import io.sluice.upstream.balance.Outcome;
import java.util.Arrays;
import java.util.List;

/**
 * What ngx_http_upstream_round_robin.c does, written down step by step and without any cleverness. Times in
 * milliseconds.
 */
final class NginxModel {
    static final class Server {
        final int weight;
        final int maxFails;
        final int maxConns;
        final long failTimeout;
        final boolean down;
        long current;
        int effective;
        int conns;
        int fails;
        long accessed;
        long checked;

        Server(int weight, int maxFails, int maxConns, long failTimeout, boolean down) {
            this.weight = weight;
            this.effective = weight;
            this.maxFails = maxFails;
            this.maxConns = maxConns;
            this.failTimeout = failTimeout;
            this.down = down;
        }
    }

    static final class Request {
        private List<Server> group;
        private boolean[] tried;
        private Server held;

        /** Its index in its group, or -1. */
        int held() {
            return held == null ? -1 : group.indexOf(held);
        }
    }

    final List<Server> primary;
    final List<Server> backup;
    private final boolean single;

    NginxModel(List<Server> primary, List<Server> backup) {
        this.primary = primary;
        this.backup = backup;
        this.single = primary.size() == 1 && backup.isEmpty();
    }

    Request start() {
        Request request = new Request();
        request.group = primary;
        request.tried = new boolean[primary.size()];
        return request;
    }

    /** @return false if busy */
    boolean get(Request request, long now) {
        if (single) {
            Server only = primary.getFirst();
            if (only.down || only.maxConns > 0 && only.conns >= only.maxConns) {
                return false;
            }
            only.conns++;
            request.held = only;
            return true;
        }
        if (pick(request, now)) {
            return true;
        }
        if (request.group == backup || backup.isEmpty()) {
            return false;
        }
        request.group = backup;
        request.tried = new boolean[backup.size()];
        return pick(request, now);
    }

    private boolean pick(Request request, long now) {
        Server best = null;
        long total = 0;
        for (int i = 0; i < request.group.size(); i++) {
            Server server = request.group.get(i);
            if (request.tried[i] || server.down) {
                continue;
            }
            if (server.maxFails > 0 && server.fails >= server.maxFails && now - server.checked <= server.failTimeout) {
                continue;
            }
            if (server.maxConns > 0 && server.conns >= server.maxConns) {
                continue;
            }
            server.current += server.effective;
            total += server.effective;
            if (server.effective < server.weight) {
                server.effective++;
            }
            if (best == null || server.current > best.current) {
                best = server;
            }
        }
        if (best == null) {
            return false;
        }
        best.current -= total;
        request.tried[request.group.indexOf(best)] = true;
        if (now - best.checked > best.failTimeout) {
            best.checked = now;
        }
        best.conns++;
        request.held = best;
        return true;
    }

    void free(Request request, Outcome outcome, long now) {
        Server server = request.held;
        request.held = null;
        server.conns--;
        if (single) {
            server.fails = 0;
            return;
        }
        if (outcome == Outcome.FAILED) {
            server.fails++;
            server.accessed = now;
            server.checked = now;
            if (server.maxFails > 0) {
                server.effective = Math.max(0, server.effective - server.weight / server.maxFails);
            }
        } else if (server.accessed < server.checked) {
            server.fails = 0;
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<Server> group : Arrays.asList(primary, backup)) {
            for (Server server : group) {
                text.append(server.weight)
                        .append('/')
                        .append(server.effective)
                        .append(' ')
                        .append(server.current)
                        .append(" conns ")
                        .append(server.conns)
                        .append(" fails ")
                        .append(server.fails)
                        .append("; ");
            }
        }
        return text.toString();
    }
}
