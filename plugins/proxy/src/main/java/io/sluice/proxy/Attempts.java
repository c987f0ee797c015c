package io.sluice.proxy;

import io.sluice.core.connection.Connection;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.time.CachedTime;
import io.sluice.core.variable.Template;
import io.sluice.http.HttpRequest;
import io.sluice.upstream.ConnectOptions;
import io.sluice.upstream.PeerConnection;
import io.sluice.upstream.Repeat;
import io.sluice.upstream.RetryPolicy;
import io.sluice.upstream.VariableBind;
import io.sluice.upstream.balance.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes one request to a peer, and to the next where that is allowed: connects, and sends as fast as the client delivers and the peer
 * takes.
 *
 * <p><b>Thread:</b> the worker's. Used again for each request of a client.
 */
final class Attempts {
    private final ProxySession session;
    private final HttpRequest request;
    private final PeerConnection<ProxySession> peer;
    private final PeerRequest sending;
    private final CachedTime time;
    private @Nullable ProxyConf conf;

    /** Made for the first request that comes from an address of its own. */
    private @Nullable VariableBind bind;

    /** Made for the first request to a sticky upstream. */
    private @Nullable ProxiedClient proxied;

    private boolean requestSent;
    private String peerText = "";

    Attempts(ProxySession session, ProxyWorker worker, HttpRequest request) {
        this.session = session;
        this.request = request;
        this.peer = worker.upstreams()
                .peerConnection(worker.claim(), session, request.connection(), request.connection(), session);
        this.time = worker.time();
        this.sending = new PeerRequest(request, worker.scratch());
    }

    /** Makes the request for the peers. Answers null, or why it cannot be made. */
    @Nullable
    String make(ProxyConf with) {
        conf = with;
        peerText = "";
        return sending.make(with);
    }

    /** Begins: nothing is tried yet. */
    void start() {
        ProxyConf with = conf();
        ConnectOptions options = with.connect();
        Template<HttpRequest> local = with.bind();
        ErrorLog log = request.connection().log();
        if (local != null) {
            VariableBind from = bind;
            if (from == null) {
                from = new VariableBind();
                bind = from;
            }
            options = from.options(options, request.evaluate(local), log, request.connection());
        }
        peer.start(with.upstream(), options, with.retry(), log);
        Template<HttpRequest> key = with.key();
        if (key != null) {
            key.evaluate(request, peer.key());
        }
        List<Template<HttpRequest>> sticky = with.sticky();
        if (sticky != null) {
            ProxiedClient client = proxied;
            if (client == null) {
                client = new ProxiedClient(request);
                proxied = client;
            }
            peer.sticky(client.of(with, sticky));
        }
    }

    private ProxyConf conf() {
        ProxyConf current = conf;
        if (current == null) {
            throw new IllegalStateException("no request was made");
        }
        return current;
    }

    PeerConnection<ProxySession> peer() {
        return peer;
    }

    /** The connection to the peer that was chosen, or null. */
    @Nullable
    Connection connection() {
        return peer.connection();
    }

    /** The peer tried last, or the upstream, for the log. */
    String place() {
        return peerText.isEmpty() ? peer.upstream().name() : peerText;
    }

    /** Whether the peer has all of the request, its body included. */
    boolean isSent() {
        return requestSent;
    }

    /** Whether the connection may serve another request. */
    boolean leavesClean() {
        return requestSent && sending.isComplete();
    }

    Repeat repeat() {
        return sending.repeat();
    }

    /** Asks balancers until one names a peer that can be reached, or says that there is none. */
    void connect() {
        while (true) {
            requestSent = false;
            session.enter(ProxySession.State.CONNECTING);
            switch (peer.connect()) {
                case CACHED -> {
                    begun();
                    send();
                    return;
                }
                case CONNECTING -> {
                    begun();
                    return;
                }
                case DECLINED -> {
                    if (peer.isHeld()) {
                        begun();
                        failed(ProxySession.BAD_GATEWAY);
                    }
                    if (!peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.UNSENT)) {
                        session.fail(ProxySession.BAD_GATEWAY);
                        return;
                    }
                }
                case QUEUED -> {
                    return;
                }
                case BUSY -> {
                    nobody();
                    session.log("no live upstreams");
                    session.fail(ProxySession.BAD_GATEWAY);
                    return;
                }
                case ERROR -> {
                    tries().begin(peer.upstream().name(), time.nanos());
                    session.fail(500);
                    return;
                }
            }
        }
    }

    // ---- what there is to tell of it

    Tries tries() {
        return session.report().tries();
    }

    private void begun() {
        peerText = peer.peer().toString();
        tries().begin(peerText, time.nanos());
    }

    /** There was no peer to be tried: the upstream is named in its place, as in nginx. */
    void nobody() {
        tries().begin(peer.upstream().name(), time.nanos());
        failed(ProxySession.BAD_GATEWAY);
    }

    /** The head of an answer is here. */
    void answered(int status) {
        tries().reached(Tries.Figure.HEADER_MILLIS, time.nanos());
        tries().status(status);
    }

    /** The attempt came to nothing. */
    void failed(int status) {
        tries().status(status);
        ended();
    }

    /** It is over, and its connection is about to be let go. Nothing happens if it was before. */
    void ended() {
        Connection c = peer.connection();
        tries().end(time.nanos(), c == null ? 0 : c.sent());
    }

    // ----

    /** The attempt failed. Answers whether another was begun, or has ended the request. */
    boolean next(int condition, Outcome outcome) {
        if (!peer.next(condition, outcome, repeat())) {
            return false;
        }
        again();
        return true;
    }

    /** Another peer gets the same request. */
    void again() {
        sending.rewind();
        session.forgetAnswer();
        connect();
    }

    /** The connection is there: the request goes. */
    void send() {
        Connection c = peer.connection();
        if (c == null) {
            throw new IllegalStateException("there is no connection to a peer");
        }
        tries().reached(Tries.Figure.CONNECT_MILLIS, time.nanos());
        session.enter(ProxySession.State.AWAITING_HEAD);
        continueSending(c);
    }

    /** Sends what can be sent now. */
    void continueSending(Connection c) {
        ProxyConf current = conf();
        switch (sending.send(c)) {
            case ALL -> {
                requestSent = true;
                c.clearWriteTimeout();
                c.readTimeout(current.readTimeoutMillis());
                if (c.readReady()) {
                    session.requestSent(c);
                }
            }
            case PEER_BUSY -> c.writeTimeout(current.sendTimeoutMillis());
            case CLIENT_SLOW -> {
                c.clearWriteTimeout();
                c.tcpNoDelay();
            }
            case PEER_FAILED -> session.sendFailed(c);
            case CLIENT_GONE -> {}
        }
    }
}
