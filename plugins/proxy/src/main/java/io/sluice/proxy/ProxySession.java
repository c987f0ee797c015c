package io.sluice.proxy;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.log.LogLevel;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpRequest;
import io.sluice.http.RequestListener;
import io.sluice.http.parse.ResponseHeadParser;
import io.sluice.upstream.PeerConnection;
import io.sluice.upstream.PeerWaiter;
import io.sluice.upstream.RetryPolicy;
import io.sluice.upstream.balance.Outcome;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An exchange of a client with peers (ngx_http_upstream.c): says where it is, hears what peer, client and clock do, and decides how it
 * ends. {@link Attempts} take the request there, {@link HeadRelay} and {@link BodyRelay} bring the answer back. Made once per client
 * connection, and for each subrequest.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class ProxySession implements RequestListener, PeerWaiter, Pool.Cleanup {
    static final WorkerKey<ProxySession> KEY = WorkerKey.of("proxy session");
    static final int BAD_GATEWAY = 502;

    /** Where the exchange is. */
    enum State {
        /** No request is with a peer. */
        IDLE,
        CONNECTING,
        /** The request is being sent, or its answer awaited. An answer may come before all was sent. */
        AWAITING_HEAD,
        /** The answer's header went to the client, its body is being passed on. */
        RELAYING
    }

    private static final int GATEWAY_TIMEOUT = 504;

    private final HttpRequest request;
    private final ProxyWorker worker;
    private final Attempts attempts;
    private final PeerConnection<ProxySession> peer;
    private final PeerAnswer answer;
    private final HeadRelay head;
    private final BodyRelay body;
    private State state = State.IDLE;
    private @Nullable ProxyConf conf;
    private long ticket;

    /** Of the client's request that runs, if it has come to a peer. */
    private @Nullable PeerReport report;

    ProxySession(ProxyWorker worker, HttpRequest request) {
        this.request = request;
        this.worker = worker;
        this.attempts = new Attempts(this, worker, request);
        this.peer = attempts.peer();
        this.answer = new PeerAnswer(worker, request);
        this.head = new HeadRelay(this, request, attempts, answer);
        this.body = new BodyRelay(this, request, attempts, answer);
    }

    /** The session of a request, or null if it was not given to any peer. */
    static @Nullable ProxySession of(HttpRequest request) {
        ProxySession session = request.keptOrNull(KEY);
        return session != null && session.hasReport() ? session : null;
    }

    boolean hasReport() {
        return report != null;
    }

    /** Of the request that runs. */
    PeerReport report() {
        return Objects.requireNonNull(report, "no request has come to a peer");
    }

    void start(ProxyConf with) {
        conf = with;
        ticket = request.park();
        begin();
        body.reset();
        answer.forgetBuf();
        String wrong = attempts.make(with);
        if (wrong != null) {
            request.connection().log().log(LogLevel.INFO, request.connection(), wrong);
            request.answer(wrong.equals(PeerRequest.BODY_GONE) ? BAD_GATEWAY : 400);
            request.finish(ticket);
            return;
        }
        attempts.start();
        request.listener(this);
        attempts.connect();
    }

    /** As in nginx, a request that goes on elsewhere has the attempts of both places to tell of, and the head of the last peer. */
    private void begin() {
        PeerReport known = report;
        if (known != null) {
            known.kept().forget();
            known.tries().elsewhere();
        } else {
            report = worker.takeReport();
            request.pool().onEnd(this);
        }
    }

    /** The request is over, and was logged. */
    @Override
    public void poolEnds() {
        PeerReport used = report;
        if (used != null) {
            report = null;
            worker.giveBack(used);
        }
    }

    ProxyConf conf() {
        return Objects.requireNonNull(conf, "no request was given to this session");
    }

    // ---- what the parts ask and tell

    @Nullable
    Connection peerConnection() {
        return peer.connection();
    }

    void enter(State next) {
        state = next;
    }

    boolean isRelaying() {
        return state == State.RELAYING;
    }

    /** All of the request is with the peer, and something of it is here. */
    void requestSent(Connection c) {
        if (state == State.AWAITING_HEAD) {
            head.read(c, conf());
        }
    }

    /** A peer that answers before it has read all may have closed its side: its answer counts, if there is one. */
    void sendFailed(Connection c) {
        if (state == State.AWAITING_HEAD && c.readReady() && !answer.isBegun()) {
            head.read(c, conf());
            return;
        }
        failed(RetryPolicy.ERROR, BAD_GATEWAY);
    }

    void forgetAnswer() {
        answer.forgetBuf();
    }

    /** The client has the answer's head: the body follows. */
    void relayBody() {
        body.begin(conf());
    }

    // ---- what the upstream tells a request that waits

    @Override
    public void peerFree() {
        attempts.connect();
    }

    @Override
    public void queueTimedOut() {
        attempts.nobody();
        log("no upstream came free in time");
        fail(BAD_GATEWAY);
    }

    // ---- what the connection to the peer tells

    void connected() {
        if (state == State.CONNECTING) {
            attempts.send();
        }
    }

    void connectFailed() {
        failed(RetryPolicy.ERROR, BAD_GATEWAY);
    }

    void peerWritable() {
        Connection c = peer.connection();
        if (c != null && !attempts.isSent() && (state == State.AWAITING_HEAD || state == State.RELAYING)) {
            attempts.continueSending(c);
        }
    }

    void peerReadable() {
        Connection c = peer.connection();
        if (c == null) {
            return;
        }
        switch (state) {
            case IDLE, CONNECTING -> {}
            case AWAITING_HEAD -> head.read(c, conf());
            case RELAYING -> body.relay(c, conf());
        }
    }

    void peerTimedOut() {
        switch (state) {
            case IDLE -> {}
            case CONNECTING, AWAITING_HEAD -> {
                log("upstream timed out");
                failed(RetryPolicy.TIMEOUT, GATEWAY_TIMEOUT);
            }
            case RELAYING -> {
                log("upstream timed out in the middle of its answer");
                truncated();
            }
        }
    }

    /** The connection was closed: by us, then the peer connection has forgotten it already, or by somebody else. */
    void peerClosed(CloseReason why) {
        if (peer.connection() == null || state == State.IDLE) {
            return;
        }
        if (state == State.RELAYING) {
            truncated();
        } else if (why == CloseReason.BUG) {
            fail(BAD_GATEWAY);
        } else {
            failed(RetryPolicy.ERROR, BAD_GATEWAY);
        }
    }

    // ---- what the client does

    @Override
    public void bodyReadable() {
        Connection c = peer.connection();
        if (c == null || state == State.CONNECTING) {
            return;
        }
        if (!attempts.isSent()) {
            attempts.continueSending(c);
        }
    }

    @Override
    public void writable() {
        body.clientReady();
        Connection c = peer.connection();
        if (state == State.RELAYING && c != null) {
            body.relay(c, conf());
        }
    }

    @Override
    public void aborted() {
        if (state != State.IDLE) {
            over();
            peer.close();
        }
    }

    // ---- how it ends

    /**
     * The answer is whole: the peer is free for others before the client has taken all of it.
     *
     * @param last what is still to be given to the client
     * @param clean whether the peer's connection is at the end of the answer
     */
    void complete(@Nullable Chain last, boolean clean) {
        boolean keep = clean && attempts.leavesClean() && answer.reader().head().keepAlive();
        if (!request.bodyDone()) {
            request.closeAfter();
        }
        over();
        peer.free(keep ? Outcome.KEEPALIVE : Outcome.DONE);
        if (last != null && request.output(last) == FilterResult.ERROR) {
            request.connection().close(CloseReason.IO_ERROR);
        } else {
            request.finish(ticket);
        }
    }

    /**
     * The peer has said where the content is, in the place of sending it (X-Accel-Redirect).
     *
     * @param clean whether the peer's connection is at the end of the answer
     */
    void redirect(String value, boolean clean) {
        AccelTarget to = AccelTarget.parse(value);
        if (to == null) {
            log("upstream sent an X-Accel-Redirect that leads nowhere");
            fail(404);
            return;
        }
        ResponseHeadParser peersHead = answer.reader().head();
        Buf in = answer.buf();
        attempts.ended();
        peer.free(clean ? Outcome.KEEPALIVE : Outcome.DONE);
        request.listener(null);
        if (to.isNamed()) {
            request.namedLocation(to.path());
        } else {
            request.internalGet(to.path(), to.query());
        }
        if (!request.headerSent()) {
            AccelHeaders.takeAlong(peersHead, in, request);
        }
        over();
        request.finish(ticket);
    }

    /** The client must see that its answer is not whole: the connection ends without the body's end. */
    void truncated() {
        over();
        peer.close();
        // What has come is the client's, also where it was held back for more.
        if (request.output(request.flushing()) != FilterResult.ERROR || request.isRunning()) {
            request.connection().close(CloseReason.PEER_CLOSED);
        }
    }

    /** The attempt failed before anything of an answer went to the client. */
    void failed(int condition, int status) {
        if (state == State.RELAYING) {
            truncated();
            return;
        }
        attempts.failed(status);
        if (!attempts.next(condition, Outcome.FAILED)) {
            fail(status);
        }
    }

    /** No peer answers: we do. */
    void fail(int status) {
        over();
        peer.close();
        request.listener(null);
        if (!request.bodyDone()) {
            request.closeAfter();
        }
        request.answer(status);
        request.finish(ticket);
    }

    private void over() {
        state = State.IDLE;
        attempts.ended();
        answer.end();
    }

    void log(String text) {
        Connection c = request.connection();
        if (c.log().isEnabled(LogLevel.ERR)) {
            c.log()
                    .at(LogLevel.ERR, c)
                    .text(text)
                    .text(", upstream: \"")
                    .text(attempts.place())
                    .text("\"")
                    .write();
        }
    }
}
