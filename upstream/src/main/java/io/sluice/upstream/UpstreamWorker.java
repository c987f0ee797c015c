package io.sluice.upstream;

import io.sluice.core.connection.Claim;
import io.sluice.core.connection.Connection;
import io.sluice.core.log.LogContext;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.core.variable.BytesSink;
import io.sluice.event.Connector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one worker needs to reach peers: its connector and its idle connections. A consumer gets it by {@code
 * context.get(UpstreamWorker.KEY)}.
 *
 * <p><b>Owns</b> the idle connections; closes them when the worker leaves the cycle. <b>Thread:</b> the worker's.
 */
public final class UpstreamWorker implements AutoCloseable {
    public static final WorkerKey<UpstreamWorker> KEY = WorkerKey.of("upstream");

    private static final int TEXT_BYTES = 256;

    /** What a text may come to: more than the heads of a request and its answer hold. */
    private static final int MOST_TEXT_BYTES = 1024 * 1024;

    private final WorkerContext context;
    private final Connector connector;
    private final BytesSink scratch = new BytesSink(TEXT_BYTES, MOST_TEXT_BYTES);
    private final Claim<KeptConnection> claim;
    private @Nullable LocalUpstream[] upstreams = new LocalUpstream[8];

    UpstreamWorker(WorkerContext context) {
        this.context = context;
        this.connector = context.service(Connector.class);
        this.claim = context.claim(KeepaliveConsumer.KEY);
    }

    /**
     * Makes the handle by which one client connection reaches peers, for all its requests, one after the other.
     *
     * @param claim of the consumer that is to hear of the connections to peers
     * @param session what it hears of them with
     * @param about whose log lines the attempts' are: the client's connection, or its request
     */
    public <S> PeerConnection<S> peerConnection(Claim<S> claim, S session, LogContext about) {
        return new PeerConnection<>(this, claim, session, about, null, null);
    }

    /**
     * As {@link #peerConnection(Claim, Object, LogContext)}, for one whose requests may wait for a peer.
     *
     * @param client whose requests they are
     * @param waiter hears when a request that was told {@link Attempt#QUEUED} can go on
     */
    public <S> PeerConnection<S> peerConnection(
            Claim<S> claim, S session, LogContext about, Connection client, PeerWaiter waiter) {
        return new PeerConnection<>(this, claim, session, about, client, waiter);
    }

    /** Idle connections to the peers of an upstream, on this worker. */
    public int idle(Upstream upstream) {
        return local(upstream).cache().size();
    }

    /** For what stickiness asks of a request, between two statements. */
    BytesSink scratch() {
        return scratch;
    }

    LocalUpstream local(Upstream upstream) {
        int index = upstream.index();
        if (index == Upstream.FOR_ONE_REQUEST) {
            return make(upstream);
        }
        if (index >= upstreams.length) {
            upstreams = Arrays.copyOf(upstreams, Math.max(index + 1, upstreams.length * 2));
        }
        LocalUpstream local = upstreams[index];
        if (local == null) {
            local = make(upstream);
            upstreams[index] = local;
        }
        return local;
    }

    private LocalUpstream make(Upstream upstream) {
        return new LocalUpstream(this, upstream, new KeepaliveCache(upstream.keepalive(), context, claim));
    }

    WorkerContext context() {
        return context;
    }

    Connector connector() {
        return connector;
    }

    long nanos() {
        return context.time().nanos();
    }

    /** Closes the idle connections. */
    @Override
    public void close() {
        for (LocalUpstream local : upstreams) {
            if (local != null) {
                local.close();
            }
        }
    }
}
