package io.sluice.stream.proxy;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Direction;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogLine;
import io.sluice.stream.SessionKey;
import io.sluice.stream.SessionListener;
import io.sluice.stream.StreamSession;
import io.sluice.upstream.PeerConnection;
import io.sluice.upstream.Repeat;
import io.sluice.upstream.RetryPolicy;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * A session with a peer (ngx_stream_proxy_module.c): finds one that can be reached, then says when bytes move and when it is over. A
 * {@link Flow} moves them, one for each direction.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class ProxiedSession implements SessionListener {
    static final SessionKey<ProxiedSession> KEY = SessionKey.of("stream proxy");

    /** Where it is. */
    private enum State {
        /** Bytes of the client are read and kept, up to a buffer of them. */
        CONNECTING,
        RELAYING,
        OVER
    }

    private final ProxyWorker worker;
    private final ProxyConf conf;
    private final StreamSession session;
    private final Connection client;
    private final PeerConnection<ProxiedSession> peer;
    private final Flow up;
    private final Flow down;
    private final List<PeerTry> tries = new ArrayList<>(1);
    private State state = State.CONNECTING;
    private boolean halfClosed;
    private long counted;

    ProxiedSession(ProxyWorker worker, ProxyConf conf, StreamSession session) {
        this.worker = worker;
        this.conf = conf;
        this.session = session;
        this.client = session.connection();
        this.peer = worker.peerConnection(this);
        this.up = flow(conf.upload());
        this.down = flow(conf.download());
    }

    private Flow flow(Rate rate) {
        Pace pace = new Pace(worker.time(), rate.of(session));
        return new Flow(worker.pool(), session.memory(), session.writeBit(), conf.bufferBytes(), pace);
    }

    Connection client() {
        return client;
    }

    /** All attempts so far. */
    List<PeerTry> tries() {
        return tries;
    }

    void start() {
        session.keep(KEY, this);
        session.listener(this);
        up.from(client);
        up.sendFirst(session.preread());
        down.to(client);
        Upstream upstream = conf.target().of(session);
        if (upstream == null) {
            client.log().log(LogLevel.ERR, client, "no such upstream");
            session.end(StreamSession.INTERNAL_ERROR);
            return;
        }
        peer.start(upstream, conf.connect(), conf.retry(), 0, client.log());
        connect();
    }

    // ---- a peer is found

    /** Asks the balancer until it names a peer that can be reached, or says that there is none. */
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
                case BUSY -> {
                    client.log().log(LogLevel.ERR, client, "no live upstreams");
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

    private void begun() {
        tries.add(new PeerTry(peer.peer().toString(), worker.nanos()));
    }

    private boolean mayTryNext(int condition) {
        finishTry();
        // Nothing was sent: whatever the client has sent is still here.
        return peer.next(condition, Outcome.FAILED, Repeat.UNSENT);
    }

    private void next(int condition) {
        if (mayTryNext(condition)) {
            connect();
        } else {
            session.end(StreamSession.BAD_GATEWAY);
        }
    }

    void peerConnected() {
        Connection c = peer.connection();
        if (c == null || state != State.CONNECTING) {
            return;
        }
        if (!c.tcpNoDelay()) {
            next(RetryPolicy.ERROR);
            return;
        }
        tries.getLast().connectMillis = tries.getLast().millisUntil(worker.nanos());
        if (client.log().isEnabled(LogLevel.INFO)) {
            client.log()
                    .at(LogLevel.INFO, client)
                    .text("proxy ")
                    .text(String.valueOf(c.localAddress()))
                    .text(" connected to ")
                    .text(peer.peer().toString())
                    .write();
        }
        peer.notifyPeer(PeerEvent.CONNECTED);
        state = State.RELAYING;
        up.to(c);
        down.from(c);
        move(up);
        if (state == State.RELAYING && c.readReady()) {
            move(down);
        }
    }

    void peerConnectFailed() {
        if (state == State.CONNECTING) {
            next(RetryPolicy.ERROR);
        }
    }

    // ---- bytes move

    @Override
    public void clientReadable() {
        move(up);
    }

    @Override
    public void clientWritable() {
        move(down);
    }

    void peerReadable() {
        move(down);
    }

    void peerWritable() {
        move(up);
    }

    @Override
    public void memoryFreed() {
        move(up);
        move(down);
    }

    private void move(Flow flow) {
        if (state == State.OVER || (state == State.CONNECTING && flow == down)) {
            return;
        }
        Flow.Moved moved = flow.move();
        count();
        if (moved == Flow.Moved.FAILED) {
            session.end(StreamSession.OK);
        } else if (state == State.RELAYING) {
            moved(flow);
        }
        if (state != State.OVER && !up.holdsMemory() && !down.holdsMemory() && session.preread() == null) {
            session.memory().release();
        }
    }

    /** What was read counts at once: it is told also when the session ends here. */
    private void count() {
        long now = up.received();
        session.countReceived(now - counted);
        counted = now;
    }

    private void moved(Flow flow) {
        if (flow == up && session.preread() != null && !up.isHolding()) {
            session.prereadDone();
        }
        if (flow == down && down.received() > 0 && tries.getLast().firstByteMillis == PeerTry.UNSET) {
            tries.getLast().firstByteMillis = tries.getLast().millisUntil(worker.nanos());
            peer.notifyPeer(PeerEvent.FIRST_BYTE);
        }
        if (isOver()) {
            disconnected(flow);
            session.end(StreamSession.OK);
            return;
        }
        if (conf.halfClose() && flow.isEnded() && !flow.isHolding() && !halfClosed) {
            Connection to = flow.destination();
            if (to != null) {
                // The other direction ends with the session.
                halfClosed = true;
                to.shutdownOutput();
            }
        }
        if (up.isDelayed() || down.isDelayed()) {
            client.clearWriteTimeout();
        } else {
            client.writeTimeout(conf.timeoutMillis());
        }
    }

    /** ngx_stream_proxy_test_finalize: a side that has ended needs nothing more, one that has not must have got all. */
    private boolean isOver() {
        boolean clientEnded = up.isEnded();
        boolean peerEnded = down.isEnded();
        if (conf.halfClose()) {
            return clientEnded && peerEnded && !up.isHolding() && !down.isHolding();
        }
        return (clientEnded || peerEnded) && (clientEnded || !down.isHolding()) && (peerEnded || !up.isHolding());
    }

    // ---- time

    /** The client's write timer counts what neither side moves, its read timer and the peer's pause a side that went too fast. */
    @Override
    public void clientTimedOut(Direction direction) {
        switch (direction) {
            case READ -> delayOver(up);
            case WRITE -> {
                client.log().log(LogLevel.INFO, client, "connection timed out");
                session.end(StreamSession.OK);
            }
        }
    }

    void peerTimedOut(Direction direction) {
        switch (direction) {
            case READ -> delayOver(down);
            case WRITE -> {
                if (state == State.CONNECTING) {
                    client.log().log(LogLevel.ERR, client, "upstream timed out");
                    next(RetryPolicy.TIMEOUT);
                }
            }
        }
    }

    private void delayOver(Flow flow) {
        flow.delayOver();
        move(flow);
    }

    // ---- how it ends

    /** The connection was closed: by us, then the peer connection has forgotten it already, or by somebody else. */
    void peerClosed(CloseReason why) {
        if (state != State.OVER && peer.connection() != null) {
            session.end(why == CloseReason.BUG ? StreamSession.INTERNAL_ERROR : StreamSession.OK);
        }
    }

    @Override
    public void ended() {
        state = State.OVER;
        count();
        if (peer.isHeld()) {
            finishTry();
        }
        // A peer that dies in the middle is no failure, as in nginx: who can tell it from one that is done?
        peer.close();
        up.end();
        down.end();
    }

    private void finishTry() {
        if (tries.isEmpty()) {
            return;
        }
        PeerTry last = tries.getLast();
        if (last.sessionMillis == PeerTry.UNSET) {
            last.sessionMillis = last.millisUntil(worker.nanos());
            last.bytesReceived = down.received();
            last.bytesSent = sentToPeer();
        }
    }

    private long sentToPeer() {
        Connection c = peer.connection();
        return c == null ? 0 : c.sent();
    }

    private void disconnected(Flow flow) {
        if (client.log().isEnabled(LogLevel.INFO)) {
            client.log()
                    .at(LogLevel.INFO, client)
                    .text(flow == up ? "client disconnected" : "upstream disconnected")
                    .write();
        }
    }

    // ---- what the log adds to lines about the session

    @Override
    public String action() {
        return state == State.CONNECTING ? "connecting to upstream" : "proxying connection";
    }

    @Override
    public void appendTo(LogLine line) {
        if (!tries.isEmpty()) {
            line.append(", upstream: \"").append(tries.getLast().peer).append("\"");
        }
        line.append(", bytes from/to client:")
                .append(session.bytesReceived())
                .append("/")
                .append(client.sent())
                .append(", bytes from/to upstream:")
                .append(down.received())
                .append("/")
                .append(sentToPeer());
    }
}
