package io.sluice.stream.proxy;

import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.Claim;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.core.time.CachedTime;
import io.sluice.upstream.PeerConnection;
import io.sluice.upstream.PeerWaiter;
import io.sluice.upstream.UpstreamWorker;

/**
 * What all proxied sessions of one worker share.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class ProxyWorker {
    static final WorkerKey<ProxyWorker> KEY = WorkerKey.of("stream proxy");

    private final WorkerContext context;
    private final Claim<ProxiedSession> claim;
    private final UpstreamWorker upstreams;

    ProxyWorker(WorkerContext context) {
        this.context = context;
        this.claim = context.claim(PeerConsumer.KEY);
        this.upstreams = context.get(UpstreamWorker.KEY);
    }

    PeerConnection<ProxiedSession> peerConnection(ProxiedSession session, PeerWaiter waiter) {
        return upstreams.peerConnection(claim, session, session.client(), session.client(), waiter);
    }

    Pool pool() {
        return context.pool();
    }

    CachedTime time() {
        return context.time();
    }

    long nanos() {
        return context.time().nanos();
    }
}
