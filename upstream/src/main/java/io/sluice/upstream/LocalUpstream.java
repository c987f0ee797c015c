package io.sluice.upstream;

import io.sluice.core.connection.CloseReason;

/**
 * What one worker has of one upstream: its idle connections, and how many requests it had.
 *
 * <p><b>Thread:</b> the worker's, but for {@link #peersChanged}.
 */
final class LocalUpstream {
    private final UpstreamWorker worker;
    private final Upstream upstream;
    private final KeepaliveCache cache;
    private final SecondCounts requests;

    LocalUpstream(UpstreamWorker worker, Upstream upstream, KeepaliveCache cache) {
        this.worker = worker;
        this.upstream = upstream;
        this.cache = cache;
        this.requests = upstream.join(this);
    }

    KeepaliveCache cache() {
        return cache;
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
    }
}
