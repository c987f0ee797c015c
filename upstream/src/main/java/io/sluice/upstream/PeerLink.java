package io.sluice.upstream;

import io.sluice.core.connection.Claim;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.log.ConnectionErrorLevel;
import io.sluice.core.transport.Passage;
import io.sluice.event.Connector;
import io.sluice.upstream.balance.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the peer that a request holds: an idle one, or one that is made; and back it goes.
 *
 * <p><b>Thread:</b> the worker's.
 *
 * @param <S> the session with which the consumer hears of its connections to peers
 */
final class PeerLink<S> {
    private final UpstreamWorker worker;
    private final Claim<S> claim;
    private final S session;
    private final @Nullable Connection client;
    private @Nullable LocalUpstream local;
    private @Nullable Connection connection;
    private @Nullable KeptConnection kept;
    private boolean cached;
    private long sinceNanos;

    /** @param client for whose sake; null for nobody's */
    PeerLink(UpstreamWorker worker, Claim<S> claim, S session, @Nullable Connection client) {
        this.worker = worker;
        this.claim = claim;
        this.session = session;
        this.client = client;
    }

    /** Null if there is none. */
    @Nullable
    Connection connection() {
        return connection;
    }

    /** Whether the connection, or the last there was, had been idle. */
    boolean isCached() {
        return cached;
    }

    /** For a request to an upstream. */
    void begin(LocalUpstream to) {
        local = to;
        cached = false;
    }

    /** Forgets about the connection of the attempt before. */
    void begin() {
        cached = false;
    }

    void countRequest(long nowSecond) {
        local().countRequest(nowSecond);
    }

    private LocalUpstream local() {
        LocalUpstream current = local;
        if (current == null) {
            throw new IllegalStateException("the request has not been started");
        }
        return current;
    }

    /** Takes an idle connection to a peer. Answers whether there is one. */
    boolean takeIdle(Peer peer, ConnectOptions options, Balancing speaker) {
        KeptConnection idle = local().cache().take(peer.address(), options.reach());
        if (idle == null) {
            return false;
        }
        Connection c = idle.connection;
        c.handOverTo(claim, session);
        c.sent(0);
        c.log(speaker.log());
        c.logContext(speaker.about());
        c.errorLevel(ConnectionErrorLevel.ERR);
        c.countRequest();
        connection = c;
        kept = idle;
        sinceNanos = idle.sinceNanos;
        cached = true;
        return true;
    }

    /** Begins to connect. Answers null, or why it cannot. */
    Connector.@Nullable Failure connect(Peer peer, ConnectOptions options, Balancing speaker) {
        kept = null;
        sinceNanos = worker.nanos();
        Connector connector = worker.connector();
        Reach reach = options.reach();
        Connection made = reach.stages().isEmpty()
                ? connector.connect(
                        peer.address(), reach.how(), claim, session, options.timeoutMillis(), speaker.about())
                : throughStages(connector, peer, options, speaker);
        if (made == null) {
            return connector.failure();
        }
        made.log(speaker.log());
        made.countRequest();
        connection = made;
        return null;
    }

    private @Nullable Connection throughStages(
            Connector connector, Peer peer, ConnectOptions options, Balancing speaker) {
        Reach reach = options.reach();
        Passage way = Passage.outgoing(worker.context()::claim, reach.stages(), client, claim, session);
        return way.connect(passage -> connector.connect(
                peer.address(), reach.how(), passage.claim(), passage, options.timeoutMillis(), speaker.about()));
    }

    /** Takes the connection from its consumer. Null if there is none. */
    @Nullable
    Connection release() {
        Connection c = connection;
        connection = null;
        return c;
    }

    /** Keeps a released connection idle, or closes it. */
    void letGo(Connection c, Peer peer, Reach reach, Outcome outcome) {
        KeptConnection item = kept;
        kept = null;
        if (!c.isOpen()) {
            return;
        }
        KeepaliveCache cache = local().cache();
        boolean mayServeOthers = !reach.stages().isPerClient() && !peer.isRemoved();
        if (outcome.mayBeKept() && mayServeOthers && cache.accepts(c, sinceNanos)) {
            // Whose request it served last is no matter of its own.
            c.logContext(worker.context().log().speaker());
            cache.store(item != null ? item : new KeptConnection(cache, c, peer, reach, sinceNanos));
        } else {
            c.close(outcome.isFailed() ? CloseReason.IO_ERROR : CloseReason.FINISHED);
        }
    }
}
