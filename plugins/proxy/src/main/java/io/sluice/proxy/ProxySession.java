package io.sluice.proxy;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.core.log.LogLevel;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpRequest;
import io.sluice.http.RequestListener;
import io.sluice.http.parse.BodyFraming;
import io.sluice.http.parse.Parse;
import io.sluice.upstream.PeerConnection;
import io.sluice.upstream.Repeat;
import io.sluice.upstream.RetryPolicy;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import org.jspecify.annotations.Nullable;

/**
 * Takes a client's requests to peers, one after the other (ngx_http_upstream.c): connects, sends the request, reads the answer's head,
 * streams its body as fast as the client takes it, and tries another peer where that is allowed. Made once per client connection.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class ProxySession implements RequestListener {
    static final WorkerKey<ProxySession> KEY = WorkerKey.of("proxy session");

    /** Where the exchange is. */
    private enum State {
        /** No request is with a peer. */
        IDLE,
        CONNECTING,
        /** The request is being sent, or its answer awaited. An answer may come before all was sent. */
        AWAITING_HEAD,
        /** The answer's header went to the client, its body is being passed on. */
        RELAYING
    }

    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private final ProxyWorker worker;
    private final HttpRequest request;
    private final PeerConnection<ProxySession> peer;
    private final PeerRequest sending;
    private State state = State.IDLE;
    private @Nullable ProxyConf conf;
    private @Nullable ResponseReader reader;
    private @Nullable Buf in;
    private boolean requestSent;
    private boolean clientBusy;
    private int peerStatus;
    private String peerText = "";

    ProxySession(ProxyWorker worker, HttpRequest request) {
        this.worker = worker;
        this.request = request;
        this.peer = worker.upstreams().peerConnection(worker.claim(), this, request.connection());
        this.sending = new PeerRequest(request, worker.scratch());
    }

    /** The session of a request's client, or null if none of its requests was proxied. */
    static @Nullable ProxySession of(HttpRequest request) {
        return request.keptOrNull(KEY);
    }

    String peerText() {
        return peerText;
    }

    int peerStatus() {
        return peerStatus;
    }

    void start(ProxyConf with) {
        conf = with;
        peerStatus = 0;
        peerText = "";
        clientBusy = false;
        in = null;
        String wrong = sending.make(with);
        if (wrong != null) {
            request.connection().log().log(LogLevel.INFO, request.connection(), wrong);
            request.answer(400);
            request.finish();
            return;
        }
        peer.start(
                with.upstream(),
                with.connect(),
                with.retry(),
                0,
                request.connection().log());
        request.listener(this);
        connect();
    }

    private ProxyConf conf() {
        ProxyConf current = conf;
        if (current == null) {
            throw new IllegalStateException("no request was given to this session");
        }
        return current;
    }

    // ---- to a peer

    private void connect() {
        while (true) {
            requestSent = false;
            state = State.CONNECTING;
            switch (peer.connect()) {
                case CACHED -> {
                    peerText = peer.peer().toString();
                    send();
                    return;
                }
                case CONNECTING -> {
                    peerText = peer.peer().toString();
                    return;
                }
                case DECLINED -> {
                    if (!peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.UNSENT)) {
                        fail(BAD_GATEWAY);
                        return;
                    }
                }
                case BUSY -> {
                    log("no live upstreams");
                    fail(BAD_GATEWAY);
                    return;
                }
                case ERROR -> {
                    fail(500);
                    return;
                }
            }
        }
    }

    void connected() {
        if (state == State.CONNECTING) {
            send();
        }
    }

    void connectFailed() {
        failed(RetryPolicy.ERROR, BAD_GATEWAY);
    }

    private void send() {
        Connection c = peer.connection();
        if (c == null) {
            throw new IllegalStateException("there is no connection to a peer");
        }
        state = State.AWAITING_HEAD;
        continueSending(c);
    }

    private void continueSending(Connection c) {
        switch (sending.send(c)) {
            case ALL -> {
                requestSent = true;
                c.clearWriteTimeout();
                c.readTimeout(conf().readTimeoutMillis());
                if (c.readReady() && state == State.AWAITING_HEAD) {
                    readHead(c);
                }
            }
            case PEER_BUSY -> c.writeTimeout(conf().sendTimeoutMillis());
            case CLIENT_SLOW -> {
                c.clearWriteTimeout();
                c.tcpNoDelay();
            }
            case PEER_FAILED -> sendFailed(c);
            case CLIENT_GONE -> {}
        }
    }

    /** A peer that answers before it has read all may have closed its side: its answer counts, if there is one. */
    private void sendFailed(Connection c) {
        if (state == State.AWAITING_HEAD && c.readReady() && in == null) {
            readHead(c);
            return;
        }
        failed(RetryPolicy.ERROR, BAD_GATEWAY);
    }

    @Override
    public void bodyReadable() {
        Connection c = peer.connection();
        if (c == null || state == State.CONNECTING) {
            return;
        }
        if (!requestSent) {
            continueSending(c);
        }
    }

    void peerWritable() {
        Connection c = peer.connection();
        if (c != null && !requestSent && (state == State.AWAITING_HEAD || state == State.RELAYING)) {
            continueSending(c);
        }
    }

    // ---- from the peer

    void peerReadable() {
        Connection c = peer.connection();
        if (c == null) {
            return;
        }
        switch (state) {
            case IDLE, CONNECTING -> {}
            case AWAITING_HEAD -> readHead(c);
            case RELAYING -> relay(c);
        }
    }

    private void readHead(Connection c) {
        ProxyConf current = conf();
        ResponseReader answer = reader;
        if (answer == null) {
            answer = worker.takeReader();
            reader = answer;
        }
        Buf buf = in;
        if (buf == null) {
            answer.reset(request.method());
            buf = request.pool().take(current.bufferBytes());
            in = buf;
        }
        while (true) {
            int n = c.recv(buf);
            if (n == Io.AGAIN) {
                return;
            }
            if (n <= 0) {
                if (n == Io.END) {
                    log("upstream closed the connection before it had answered");
                }
                failed(RetryPolicy.ERROR, BAD_GATEWAY);
                return;
            }
            Parse parsed = answer.readHead(buf, request.method());
            if (parsed == Parse.DONE) {
                headDone(answer, buf);
                return;
            }
            if (parsed == Parse.BAD || buf.room() == 0) {
                log(parsed == Parse.BAD ? answer.fault().text() : "upstream sent a head larger than proxy.buffer-size");
                failed(NextUpstream.INVALID_HEADER.bit(), BAD_GATEWAY);
                return;
            }
            if (!c.readReady()) {
                return;
            }
        }
    }

    private void headDone(ResponseReader answer, Buf buf) {
        int status = answer.head().status();
        peerStatus = status;
        if (answer.framing() == BodyFraming.TUNNEL) {
            log("upstream switched to a protocol that was not asked for");
            failed(NextUpstream.INVALID_HEADER.bit(), BAD_GATEWAY);
            return;
        }
        peer.notifyPeer(PeerEvent.HEADER);
        int condition = NextUpstream.ofStatus(status);
        if (condition != 0 && peer.mayTryNext(condition, repeat())) {
            peer.next(condition, NextUpstream.isHarmless(status) ? Outcome.NEXT : Outcome.FAILED, repeat());
            again();
            return;
        }
        state = State.RELAYING;
        PeerHeaders.copy(answer.head(), buf, request);
        if (request.sendHeader() == FilterResult.ERROR) {
            request.connection().close(CloseReason.IO_ERROR);
            return;
        }
        boolean withoutBody = buf.size() == 0;
        relayReceived(answer, buf);
        Connection c = peer.connection();
        if (state == State.RELAYING && c != null) {
            if (withoutBody && !c.readReady()) {
                // The body may take its time: the client gets the head meanwhile.
                output(request.flushing());
            }
            relay(c);
        }
    }

    /** Reads from the peer what the client has taken the former of. */
    private void relay(Connection c) {
        ResponseReader answer = reader;
        if (answer == null) {
            return;
        }
        while (state == State.RELAYING && !clientBusy) {
            Buf buf = buffer(answer);
            int n = c.readReady() ? c.recv(buf.clear()) : Io.AGAIN;
            if (n == Io.AGAIN) {
                c.readTimeout(conf().readTimeoutMillis());
                return;
            }
            if (n <= 0) {
                if (n == Io.END && answer.endsWithConnection()) {
                    complete(answer, false);
                } else {
                    log("upstream closed the connection in the middle of its answer");
                    truncated();
                }
                return;
            }
            relayReceived(answer, buf);
        }
    }

    /** The small buffer of the head serves until a body turns out to be larger. */
    private Buf buffer(ResponseReader answer) {
        Buf buf = in;
        ProxyConf current = conf();
        boolean large = answer.framing() != BodyFraming.LENGTH || answer.left() > current.bufferBytes();
        if (buf == null || (large && buf.end() - buf.start() < current.busyBytes())) {
            buf = request.pool().take(large ? current.busyBytes() : current.bufferBytes());
            in = buf;
        }
        return buf;
    }

    /** Gives the client what a Buf holds of the body. */
    private void relayReceived(ResponseReader answer, Buf buf) {
        Chain first = null;
        Chain last = null;
        while (true) {
            switch (answer.next(buf)) {
                case DATA -> {
                    int from = buf.pos();
                    buf.advance(answer.dataLength());
                    Chain piece = request.piece(buf, from, buf.pos(), false);
                    if (last == null) {
                        first = piece;
                    } else {
                        last.next(piece);
                    }
                    last = piece;
                }
                case MORE -> {
                    if (first != null && last != null) {
                        // The Buf is read into again: nothing of it may be held back for more output.
                        last.buf().flush(true);
                        output(first);
                    }
                    return;
                }
                case END -> {
                    boolean excess = buf.size() > 0;
                    if (excess) {
                        request.connection()
                                .log()
                                .log(LogLevel.WARN, request.connection(), "upstream sent more than its answer");
                    }
                    if (last == null || first == null) {
                        complete(answer, !excess);
                    } else {
                        last.buf().lastBuf(true).lastInChain(true);
                        completeWith(answer, first, !excess);
                    }
                    return;
                }
                case BAD -> {
                    log("upstream sent a body that HTTP does not allow");
                    if (first != null) {
                        output(first);
                    }
                    if (state == State.RELAYING) {
                        truncated();
                    }
                    return;
                }
            }
        }
    }

    private void output(Chain chain) {
        switch (request.output(chain)) {
            case DONE -> {}
            case AGAIN -> {
                clientBusy = true;
                Connection c = peer.connection();
                if (c != null) {
                    // It is not the peer who is slow now.
                    c.clearReadTimeout();
                }
            }
            case ERROR -> request.connection().close(CloseReason.IO_ERROR);
        }
    }

    @Override
    public void writable() {
        clientBusy = false;
        Connection c = peer.connection();
        if (state == State.RELAYING && c != null) {
            relay(c);
        }
    }

    // ---- how it ends

    private void completeWith(ResponseReader answer, Chain last, boolean clean) {
        release(answer, clean);
        if (request.output(last) == FilterResult.ERROR) {
            request.connection().close(CloseReason.IO_ERROR);
        } else {
            request.finish();
        }
    }

    private void complete(ResponseReader answer, boolean clean) {
        release(answer, clean);
        request.finish();
    }

    /** The answer is whole: the peer is free for others before the client has taken all of it. */
    private void release(ResponseReader answer, boolean clean) {
        boolean keep =
                clean && requestSent && sending.isComplete() && answer.head().keepAlive();
        if (!request.bodyDone()) {
            request.closeAfter();
        }
        over();
        peer.free(keep ? Outcome.KEEPALIVE : Outcome.DONE);
    }

    /** The client must see that its answer is not whole: the connection ends without the body's end. */
    private void truncated() {
        over();
        peer.close();
        // What has come is the client's, also where it was held back for more.
        if (request.output(request.flushing()) != FilterResult.ERROR || request.isRunning()) {
            request.connection().close(CloseReason.PEER_CLOSED);
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
            over();
            peer.close();
            answer(BAD_GATEWAY);
        } else {
            failed(RetryPolicy.ERROR, BAD_GATEWAY);
        }
    }

    private Repeat repeat() {
        return sending.repeat();
    }

    /** The attempt failed before anything of an answer went to the client. */
    private void failed(int condition, int status) {
        if (state == State.RELAYING) {
            truncated();
            return;
        }
        if (peer.next(condition, Outcome.FAILED, repeat())) {
            again();
        } else {
            fail(status);
        }
    }

    private void again() {
        sending.rewind();
        in = null;
        connect();
    }

    private void fail(int status) {
        over();
        peer.close();
        answer(status);
    }

    private void answer(int status) {
        request.listener(null);
        if (!request.bodyDone()) {
            request.closeAfter();
        }
        request.answer(status);
        request.finish();
    }

    private void over() {
        state = State.IDLE;
        in = null;
        ResponseReader used = reader;
        if (used != null) {
            reader = null;
            worker.giveBack(used);
        }
    }

    @Override
    public void aborted() {
        if (state != State.IDLE) {
            over();
            peer.close();
        }
    }

    private void log(String text) {
        Connection c = request.connection();
        if (c.log().isEnabled(LogLevel.ERR)) {
            c.log()
                    .at(LogLevel.ERR, c)
                    .text(text)
                    .text(", upstream: \"")
                    .text(peerText.isEmpty() ? peer.upstream().name() : peerText)
                    .text("\"")
                    .write();
        }
    }
}
