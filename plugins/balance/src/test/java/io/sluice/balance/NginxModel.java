package io.sluice.balance;

import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ngx_http_upstream_round_robin.c does, written down step by step and without any cleverness. The other methods
 * are made of this one, there and here. Times in milliseconds.
 */
public class NginxModel {
    /** One of the servers with all that is counted for it. */
    public static final class Server {
        public final String text;
        public final int weight;
        public final int maxFails;
        public final int maxConns;
        public final long failTimeout;
        public final boolean down;
        public long current;
        public int effective;
        public int conns;
        public int fails;
        public long accessed;
        public long checked;

        public Server(String text, int weight, int maxFails, int maxConns, long failTimeout, boolean down) {
            this.text = text;
            this.weight = weight;
            this.effective = weight;
            this.maxFails = maxFails;
            this.maxConns = maxConns;
            this.failTimeout = failTimeout;
            this.down = down;
        }
    }

    /** One request with what its methods remember. */
    public static final class Request {
        public List<Server> group;
        public boolean[] tried;
        public Server held;

        /** What it is balanced by; the address of its client, null for a unix socket. */
        public final byte[] key;

        public final byte @Nullable [] client;

        public long hash;
        public int rehash;
        public int tries;
        public boolean begun;
        public boolean inflight;
        public long started;
        public long header = -1;

        private Request(List<Server> group, byte[] key, byte @Nullable [] client) {
            this.group = group;
            this.tried = new boolean[group.size()];
            this.key = key;
            this.client = client;
        }

        /** Its index in its group, or -1. */
        public int held() {
            return held == null ? -1 : group.indexOf(held);
        }
    }

    public final List<Server> primary;
    public final List<Server> backup;
    protected final boolean single;

    public NginxModel(List<Server> primary, List<Server> backup) {
        this.primary = primary;
        this.backup = backup;
        this.single = primary.size() == 1 && backup.isEmpty();
    }

    public final Request start() {
        return start(new byte[0], null);
    }

    public final Request start(byte[] key, byte @Nullable [] client) {
        return new Request(primary, key, client);
    }

    /** @return false if busy */
    public final boolean get(Request request, long now) {
        request.started = now;
        request.header = -1;
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

    /** The method's choice in the group. @return false if it has none */
    protected boolean pick(Request request, long now) {
        return roundRobin(request, now);
    }

    protected final boolean roundRobin(Request request, long now) {
        Server best = null;
        long total = 0;
        for (Server server : request.group) {
            if (!isUsable(request, server, now)) {
                continue;
            }
            total += gain(server);
            if (best == null || server.current > best.current) {
                best = server;
            }
        }
        if (best == null) {
            return false;
        }
        best.current -= total;
        take(request, best, now);
        return true;
    }

    protected static boolean isUsable(Request request, Server server, long now) {
        return !request.tried[request.group.indexOf(server)]
                && !server.down
                && !(server.maxFails > 0
                        && server.fails >= server.maxFails
                        && now - server.checked <= server.failTimeout)
                && !(server.maxConns > 0 && server.conns >= server.maxConns);
    }

    protected static long gain(Server server) {
        int gained = server.effective;
        server.current += gained;
        if (server.effective < server.weight) {
            server.effective++;
        }
        return gained;
    }

    protected void take(Request request, Server best, long now) {
        request.tried[request.group.indexOf(best)] = true;
        if (now - best.checked > best.failTimeout) {
            best.checked = now;
        }
        best.conns++;
        request.held = best;
    }

    /** What the request's wish for one server does (sticky): a step of the walk, but for the choice. */
    public final boolean getHinted(Request request, int index, long now) {
        Server wished = request.group.get(index);
        if (!isUsable(request, wished, now)) {
            return get(request, now);
        }
        long all = request.group.stream().mapToLong(server -> server.weight).sum();
        if (wished.current > -(all - wished.weight)) {
            long total = 0;
            for (Server server : request.group) {
                if (isUsable(request, server, now)) {
                    total += gain(server);
                }
            }
            wished.current -= total;
        }
        take(request, wished, now);
        return true;
    }

    public void notify(Request request, PeerEvent event, long now) {
        if (event == PeerEvent.HEADER && request.header < 0) {
            request.header = now - request.started;
        }
    }

    public void free(Request request, Outcome outcome, long now) {
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
