package io.sluice.upstream;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Claim;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.log.ConnectionErrorLevel;
import io.sluice.core.plugin.WorkerContext;
import org.jspecify.annotations.Nullable;

/**
 * Idle connections of one worker to the peers of one upstream (ngx_http_upstream_keepalive_module). The one that was
 * stored last is taken first; when the cache is full the one that was stored first is closed.
 *
 * <p><b>Owns</b> the connections it stores. <b>Thread:</b> the worker's.
 *
 * <p><b>Invariant:</b> {@code size} items between newest and oldest, each with {@code stored} set and found by its
 * address, never more than the settings allow.
 */
final class KeepaliveCache {
    private final KeepaliveSettings settings;
    private final long timeoutMillis;
    private final long timeNanos;
    private final WorkerContext worker;
    private final Claim<KeptConnection> claim;
    private final KeptByAddress byAddress;
    private @Nullable KeptConnection newest;
    private @Nullable KeptConnection oldest;
    private int size;

    KeepaliveCache(KeepaliveSettings settings, WorkerContext worker, Claim<KeptConnection> claim) {
        this.settings = settings;
        this.timeoutMillis = settings.timeout().toMillis();
        this.timeNanos = settings.time().toNanos();
        this.worker = worker;
        this.claim = claim;
        this.byAddress = new KeptByAddress(settings.connections());
    }

    int size() {
        return size;
    }

    /** @return an idle connection to this peer, now the caller's; or null */
    @Nullable
    KeptConnection take(Address to, Reach by) {
        KeptConnection found = byAddress.find(to, by);
        if (found != null) {
            remove(found);
        }
        return found;
    }

    /** Whether {@link #store} would take it. */
    boolean accepts(Connection c, long sinceNanos) {
        return settings.connections() > 0
                && !worker.stopping()
                && c.isOpen()
                && !c.hasError()
                && !c.isTimedOut()
                && !c.hasUnexpectedEof()
                && !c.peerClosed()
                && c.buffered() == 0
                && c.requests() < settings.requests()
                && worker.time().nanos() - sinceNanos <= timeNanos;
    }

    /**
     * Takes ownership of a connection that it accepts. It may be closed before this returns: the peer may have ended it
     * already.
     */
    void store(KeptConnection item) {
        if (size == settings.connections() && oldest != null) {
            oldest.connection.close(CloseReason.FINISHED);
        }
        Connection c = item.connection;
        c.handOverTo(claim, item);
        link(item);
        c.log(worker.log());
        // A reset of an idle connection is as good as its end.
        c.errorLevel(ConnectionErrorLevel.IGNORE_ECONNRESET);
        c.idle(true);
        c.readTimeout(timeoutMillis);
        if (c.readReady()) {
            claim.consumer().readable(item);
        }
    }

    /** Takes an item out, if it is in. */
    void remove(KeptConnection item) {
        if (!item.stored) {
            return;
        }
        item.stored = false;
        byAddress.remove(item);
        KeptConnection newer = item.newer;
        KeptConnection older = item.older;
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        item.newer = null;
        item.older = null;
        size--;
    }

    private void link(KeptConnection item) {
        KeptConnection head = newest;
        item.older = head;
        item.stored = true;
        if (head == null) {
            oldest = item;
        } else {
            head.newer = item;
        }
        newest = item;
        byAddress.add(item);
        size++;
    }

    /** Closes those to peers that the upstream has no more. */
    void closeRemoved() {
        for (KeptConnection item = oldest; item != null; ) {
            KeptConnection next = item.newer;
            if (item.isRemoved()) {
                remove(item);
                item.connection.close(CloseReason.FINISHED);
            }
            item = next;
        }
    }

    void closeAll(CloseReason why) {
        for (KeptConnection item = oldest; item != null; item = oldest) {
            remove(item);
            item.connection.close(why);
        }
    }
}
