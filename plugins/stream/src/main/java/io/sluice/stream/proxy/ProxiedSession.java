package io.sluice.stream.proxy;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Direction;
import io.sluice.core.connection.SocketType;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogLine;
import io.sluice.stream.SessionKey;
import io.sluice.stream.SessionListener;
import io.sluice.stream.StreamSession;
import io.sluice.upstream.RetryPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session with a peer (ngx_stream_proxy_module.c): says when bytes move and when it is over. {@link PeerSearch} finds the peer, a
 * {@link Flow} for each direction moves the bytes.
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

    private final ProxyConf conf;
    private final StreamSession session;
    private final Connection client;
    private final PeerSearch search;
    private final Flow up;
    private final Flow down;

    /** Null for a stream of bytes. */
    private final @Nullable DatagramTally tally;

    private State state = State.CONNECTING;
    private boolean halfClosed;
    private boolean peerFailed;
    private long counted;

    ProxiedSession(ProxyWorker worker, ProxyConf conf, StreamSession session) {
        this.conf = conf;
        this.session = session;
        this.client = session.connection();
        this.search = new PeerSearch(worker, conf, session, this);
        boolean datagrams = client.socketType() == SocketType.DATAGRAM;
        this.tally = datagrams ? new DatagramTally(conf.requests(), conf.responses()) : null;
        this.up = flow(worker, conf.upload(), datagrams);
        this.down = flow(worker, conf.download(), datagrams);
    }

    private Flow flow(ProxyWorker worker, Rate rate, boolean datagrams) {
        Pace pace = new Pace(worker.time(), rate.of(session));
        return datagrams
                ? new DatagramFlow(worker.pool(), session, pace)
                : new ByteFlow(worker.pool(), session, conf.bufferBytes(), conf.bulkBytes(), pace);
    }

    Connection client() {
        return client;
    }

    List<PeerTry> tries() {
        return search.tries();
    }

    void start() {
        session.keep(KEY, this);
        session.listener(this);
        up.from(client);
        down.to(client);
        search.start();
    }

    // ---- what the connection to the peer tells

    void peerConnected() {
        Connection c = search.connection();
        if (c == null || state != State.CONNECTING) {
            return;
        }
        if (tally == null && !c.tcpNoDelay()) {
            search.next(RetryPolicy.ERROR);
            return;
        }
        ProxyLog.connected(client, c, search);
        search.connected();
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
            search.next(RetryPolicy.ERROR);
        }
    }

    void peerReadable() {
        move(down);
    }

    void peerWritable() {
        move(up);
    }

    void peerTimedOut(Direction direction) {
        if (state == State.CONNECTING) {
            // In either direction: a stage on the way has a time of its own.
            client.log().log(LogLevel.ERR, client, "upstream timed out");
            search.next(RetryPolicy.TIMEOUT);
        } else if (direction == Direction.READ) {
            delayOver(down);
        }
    }

    /** The connection was closed: by us, then it is forgotten already, or by somebody else, as a stage on the way that has failed. */
    void peerClosed(CloseReason why) {
        if (state == State.OVER || search.connection() == null) {
            return;
        }
        if (state == State.CONNECTING && why != CloseReason.BUG && why != CloseReason.SHUTDOWN) {
            search.next(RetryPolicy.ERROR);
        } else {
            session.end(why == CloseReason.BUG ? StreamSession.INTERNAL_ERROR : StreamSession.OK);
        }
    }

    // ---- what the client does

    @Override
    public void clientReadable() {
        move(up);
    }

    @Override
    public void clientWritable() {
        move(down);
    }

    @Override
    public void memoryFreed() {
        move(up);
        move(down);
    }

    /** The client's write timer counts what neither side moves; its read timer, and the peer's, pause a side that went too fast. */
    @Override
    public void clientTimedOut(Direction direction) {
        switch (direction) {
            case READ -> delayOver(up);
            case WRITE -> inactive();
        }
    }

    private void inactive() {
        DatagramTally count = tally;
        if (count != null && !count.hasEnough(up, down)) {
            client.log().log(LogLevel.ERR, client, "upstream timed out");
            peerFailed = true;
            session.end(StreamSession.BAD_GATEWAY);
            return;
        }
        client.log().log(LogLevel.INFO, client, count == null ? "connection timed out" : "udp timed out");
        session.end(StreamSession.OK);
    }

    private void delayOver(Flow flow) {
        flow.delayOver();
        move(flow);
    }

    // ---- bytes move

    private void move(Flow flow) {
        if (state == State.OVER || (state == State.CONNECTING && flow == down)) {
            return;
        }
        Flow.Moved moved = flow.move();
        count();
        if (moved == Flow.Moved.FAILED) {
            failed(flow);
        } else if (state == State.RELAYING) {
            moved(flow);
        } else if (state == State.CONNECTING && search.isQueued() && isForgone()) {
            session.end(StreamSession.OK);
        }
        if (state != State.OVER && !up.holdsMemory() && !down.holdsMemory()) {
            session.memory().release();
        }
    }

    /** Nobody would have anything of a peer: the client is gone, or has ended its stream and has sent nothing before. */
    private boolean isForgone() {
        return client.hasError() || (up.isEnded() && !up.isHolding() && !conf.halfClose());
    }

    /** What was read counts at once: it is told also when the session ends here. */
    private void count() {
        long now = up.received();
        session.countReceived(now - counted);
        counted = now;
        DatagramTally datagrams = tally;
        if (datagrams != null) {
            datagrams.count(client, up);
        }
    }

    /** The destination takes nothing any more. A peer of datagrams is blamed for it: no connection was there to break. */
    private void failed(Flow flow) {
        peerFailed = tally != null && flow == up;
        session.end(peerFailed ? StreamSession.BAD_GATEWAY : StreamSession.OK);
    }

    private void moved(Flow flow) {
        if (flow == down && down.packets() > 0) {
            search.answered();
        }
        if (tally != null && flow == down && down.isEnded()) {
            // Nobody is there. nginx keeps the session until it times out, and what its client sends meanwhile is lost.
            // Here the next datagram begins another one, with another peer.
            peerFailed = true;
            session.end(StreamSession.BAD_GATEWAY);
            return;
        }
        if (isOver()) {
            ProxyLog.disconnected(client, flow == up);
            session.end(StreamSession.OK);
            return;
        }
        halfClose(flow);
        if (up.isDelayed() || down.isDelayed()) {
            client.clearWriteTimeout();
        } else {
            client.writeTimeout(conf.timeoutMillis());
        }
    }

    /** ngx_stream_proxy_test_finalize: a side that has ended needs nothing more, one that has not must have got all. */
    private boolean isOver() {
        DatagramTally datagrams = tally;
        if (datagrams != null) {
            return datagrams.isOver(up, down);
        }
        boolean clientEnded = up.isEnded();
        boolean peerEnded = down.isEnded();
        if (conf.halfClose()) {
            return clientEnded && peerEnded && !up.isHolding() && !down.isHolding();
        }
        return (clientEnded || peerEnded) && (clientEnded || !down.isHolding()) && (peerEnded || !up.isHolding());
    }

    private void halfClose(Flow flow) {
        Connection to = flow.destination();
        if (conf.halfClose() && flow.isEnded() && !flow.isHolding() && !halfClosed && to != null) {
            // The other direction ends with the session.
            halfClosed = true;
            to.shutdownOutput();
        }
    }

    // ---- how it ends

    @Override
    public void ended() {
        state = State.OVER;
        count();
        // A peer of a stream that dies in the middle is no failure, as in nginx: who can tell it from one that is done?
        search.end(down.received(), peerFailed);
        up.close();
        down.close();
    }

    // ---- what the log adds to lines about the session

    @Override
    public String action() {
        return state == State.CONNECTING ? "connecting to upstream" : "proxying connection";
    }

    @Override
    public void appendTo(LogLine line) {
        ProxyLog.append(line, session, search, up, down);
    }
}
