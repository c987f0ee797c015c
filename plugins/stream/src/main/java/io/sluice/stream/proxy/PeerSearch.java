package io.sluice.stream.proxy;

import io.sluice.core.connection.Connection;
import io.sluice.core.log.LogLevel;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import io.sluice.stream.StreamSession;
import io.sluice.upstream.PeerConnection;
import io.sluice.upstream.PeerWaiter;
import io.sluice.upstream.Repeat;
import io.sluice.upstream.RetryPolicy;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the peer of one session (10.3 and 10.4 of nginx's behaviour): asks the balancer until it names one that can be reached, and ends
 * the session if there is none. Keeps what there is to tell of each attempt.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class PeerSearch implements PeerWaiter {
    private final ProxyWorker worker;
    private final ProxyConf conf;
    private final StreamSession session;
    private final PeerConnection<ProxiedSession> peer;
    private final List<PeerTry> tries = new ArrayList<>(1);
    private boolean queued;

    PeerSearch(ProxyWorker worker, ProxyConf conf, StreamSession session, ProxiedSession owner) {
        this.worker = worker;
        this.conf = conf;
        this.session = session;
        this.peer = worker.peerConnection(owner, this);
    }

    /** All attempts so far. */
    List<PeerTry> tries() {
        return tries;
    }

    /** The one that was found, or is being connected to, or null. */
    @Nullable
    Connection connection() {
        return peer.connection();
    }

    /** Whether it waits for a peer that others have. */
    boolean isQueued() {
        return queued;
    }

    void start() {
        Connection client = session.connection();
        Upstream upstream;
        try {
            upstream = conf.target().of(session);
        } catch (IllegalArgumentException wrong) {
            client.log().log(
                    LogLevel.ERR, client, "proxy.pass came to no upstream and no address: " + wrong.getMessage());
            session.end(StreamSession.INTERNAL_ERROR);
            return;
        }
        peer.start(upstream, conf.reaching().of(session), conf.retry(), client.log());
        Template<StreamSession> key = conf.target().keyOf(upstream);
        if (key != null) {
            BytesSink value = session.evaluate(key);
            peer.key().put(value.array(), 0, value.count());
        }
        connect();
    }

    private void connect() {
        while (true) {
            switch (peer.connect()) {
                case CACHED, CONNECTING -> {
                    begun();
                    return;
                }
                case DECLINED -> {
                    if (peer.isHeld()) {
                        begun();
                    }
                    if (!mayTryNext(RetryPolicy.ERROR)) {
                        session.end(StreamSession.BAD_GATEWAY);
                        return;
                    }
                }
                case QUEUED -> {
                    queued = true;
                    return;
                }
                case BUSY -> {
                    session.end(StreamSession.BAD_GATEWAY);
                    return;
                }
                case ERROR -> {
                    session.end(StreamSession.INTERNAL_ERROR);
                    return;
                }
            }
        }
    }

    @Override
    public void peerFree() {
        queued = false;
        connect();
    }

    @Override
    public void queueTimedOut() {
        session.end(StreamSession.BAD_GATEWAY);
    }

    private void begun() {
        tries.add(new PeerTry(peer.peer().toString(), worker.nanos()));
    }

    private boolean mayTryNext(int condition) {
        finish(0);
        // Nothing was sent: whatever the client has sent is still here.
        return peer.next(condition, Outcome.FAILED, Repeat.UNSENT);
    }

    /** The attempt failed before anything was sent. */
    void next(int condition) {
        if (mayTryNext(condition)) {
            connect();
        } else {
            session.end(StreamSession.BAD_GATEWAY);
        }
    }

    void connected() {
        PeerTry last = tries.getLast();
        last.connectMillis = last.millisUntil(worker.nanos());
        peer.notifyPeer(PeerEvent.CONNECTED);
    }

    /** The first byte of an answer, told once. */
    void answered() {
        PeerTry last = tries.getLast();
        if (last.firstByteMillis == PeerTry.UNSET) {
            last.firstByteMillis = last.millisUntil(worker.nanos());
            peer.notifyPeer(PeerEvent.FIRST_BYTE);
        }
    }

    /** The session is over: the peer is given back. */
    void end(long received, boolean failed) {
        finish(received);
        if (peer.isHeld() && failed) {
            peer.free(Outcome.FAILED);
        }
        peer.close();
    }

    private void finish(long received) {
        if (tries.isEmpty()) {
            return;
        }
        PeerTry last = tries.getLast();
        if (last.sessionMillis == PeerTry.UNSET) {
            last.sessionMillis = last.millisUntil(worker.nanos());
            last.bytesReceived = received;
            last.bytesSent = sent();
        }
    }

    /** Bytes that the peer has got. */
    long sent() {
        Connection c = peer.connection();
        return c == null ? 0 : c.sent();
    }
}
