package io.sluice.upstream;

import io.sluice.core.connection.CloseReason;
import io.sluice.upstream.sticky.Stickiness;
import io.sluice.upstream.sticky.StickyWorker;
import org.jspecify.annotations.Nullable;

/**
 * What one worker has of one upstream: its idle connections, how many requests it had, and its part of what makes them sticky.
 *
 * <p><b>Thread:</b> the worker's, but for {@link #peersChanged}.
 */
final class LocalUpstream {
    private final UpstreamWorker worker;
    private final Upstream upstream;
    private final KeepaliveCache cache;
    private final SecondCounts requests;
    private final @Nullable StickyWorker sticky;

    LocalUpstream(UpstreamWorker worker, Upstream upstream, KeepaliveCache cache) {
        this.worker = worker;
        this.upstream = upstream;
        this.cache = cache;
        Stickiness stickiness = upstream.stickiness();
        this.sticky = stickiness == null ? null : stickiness.on(worker.context());
        this.requests = upstream.join(this);
    }

    KeepaliveCache cache() {
        return cache;
    }

    /** What makes its requests sticky; null if they are not. */
    @Nullable
    StickyWorker sticky() {
        return sticky;
    }

    /** A request begins. */
    void countRequest(long nowSecond) {
        requests.add(nowSecond);
    }

    /** From any thread: idle connections to peers that are gone are closed soon. */
    void peersChanged() {
        worker.context().execute(cache::closeRemoved);
    }

    void close() {
        upstream.leave(this, requests);
        cache.closeAll(CloseReason.FINISHED);
        if (sticky != null) {
            sticky.close();
        }
    }
}
