package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Direction;
import io.sluice.core.connection.Io;
import io.sluice.core.log.ConnectionErrorLevel;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogLine;
import io.sluice.core.log.LogOrigin;
import io.sluice.http.parse.BodyFraming;
import io.sluice.http.parse.Fault;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection between and during its requests: waits for bytes, reads heads, hands requests to the phases, and decides what
 * becomes of the connection after each (ngx_http_request.c).
 *
 * <p><b>Thread:</b> the worker's.
 */
final class HttpConnection implements MemoryBudget.Waiter, LogContext {
    /** What the connection is doing; nothing else says it. */
    private enum State {
        /** No byte of a request is here: new, or between two requests. Holds no memory and may be taken for another. */
        WAITING,
        /** A head has begun. */
        READING_HEAD,
        /** The request is with the phases, its handler, or the filters. */
        RUNNING,
        /** The answer is sent, the client may still be sending: what comes is thrown away so that the answer is not lost to a reset. */
        LINGERING
    }

    private final HttpWorker worker;
    private final Connection c;
    private final HttpListen listen;
    private State state = State.WAITING;
    private @Nullable RequestState request;
    private @Nullable HttpRequest handle;
    private @Nullable Pool pool;
    private boolean reserved;
    private boolean leased;
    private boolean waitsForMemory;
    private boolean closeWanted;
    private boolean pipelined;
    /** While it waits for a request or lingers: when that ends whatever the client does. */
    private long untilNanos;

    private final long startNanos;

    HttpConnection(HttpWorker worker, Connection c) {
        this.worker = worker;
        this.c = c;
        this.listen = (HttpListen)
                Objects.requireNonNull(Objects.requireNonNull(c.listening()).attachment());
        this.startNanos = worker.time().nanos();
        c.errorLevel(ConnectionErrorLevel.INFO);
        c.logContext(this);
        c.log(worker.errorLog(listen.first().logs()));
        c.readTimeout(listen.first().connection().clientHeaderTimeoutMillis());
        c.reusable(true);
    }

    Connection connection() {
        return c;
    }

    HttpWorker worker() {
        return worker;
    }

    HttpListen listen() {
        return listen;
    }

    @Nullable
    RequestState request() {
        return request;
    }

    /** Memory of the running request; the same object for each request of this client. */
    Pool pool() {
        Pool made = pool;
        if (made == null) {
            made = worker.context().pool();
            pool = made;
        }
        return made;
    }

    // ---- what the log adds to its lines

    @Override
    public LogOrigin origin() {
        return worker.context().log().speaker().origin();
    }

    @Override
    public long connectionNumber() {
        return c.number();
    }

    @Override
    public void appendTo(LogLine line) {
        RequestLog.append(this, line);
    }

    // ---- what the loop tells

    void readable() {
        switch (state) {
            case WAITING -> begin();
            case READING_HEAD -> worker.heads().read(this, state());
            case RUNNING -> worker.watch().readable(this, state());
            case LINGERING -> worker.lingering().read(this);
        }
    }

    void writable() {
        RequestState r = request;
        RequestState active = state == State.RUNNING && r != null ? r.active : null;
        if (active != null) {
            worker.completion().push(active.handle(), active);
        }
    }

    void timedOut(Direction direction) {
        RequestState r = request;
        switch (state) {
            case WAITING -> worker.keepalive().timedOut(this);
            case LINGERING -> c.close(CloseReason.TIMED_OUT);
            case READING_HEAD -> {
                c.log().log(LogLevel.INFO, c, "client timed out while it sent its request");
                answerFault(408);
            }
            case RUNNING -> {
                c.log().log(LogLevel.INFO, c, "client timed out");
                if (r != null && direction == Direction.READ && !r.headerSent) {
                    worker.subrequests().abortPage(this, r);
                    answerFault(408);
                } else {
                    if (r != null && r.status == 0) {
                        r.status = 408;
                    }
                    closeWithoutAnswer(CloseReason.TIMED_OUT);
                }
            }
        }
    }

    void closeRequested(CloseReason why) {
        if (state == State.WAITING || state == State.LINGERING) {
            c.close(why);
        } else {
            // It runs: it ends with its answer.
            closeWanted = true;
        }
    }

    void closed() {
        if (waitsForMemory) {
            waitsForMemory = false;
            worker.budget().forget(this);
        }
        RequestState r = request;
        if (r != null) {
            worker.subrequests().abortPage(this, r);
            if (leased) {
                if (r.status == 0) {
                    r.status = 499;
                }
                worker.log(running());
            }
            free(r);
        }
        Pool own = pool;
        if (own != null) {
            own.end();
        }
    }

    // ---- a request begins

    private void begin() {
        if (!reserve()) {
            return;
        }
        ConnectionConf settings = listen.first().connection();
        Buf buf = pool().take(settings.clientHeaderBufferBytes());
        // A client that resets a connection between two requests is nobody's error.
        boolean between = c.requests() > 0;
        if (between) {
            c.errorLevel(ConnectionErrorLevel.IGNORE_ECONNRESET);
        }
        int n = c.recv(buf);
        if (between) {
            c.errorLevel(ConnectionErrorLevel.INFO);
        }
        if (n <= 0) {
            pool().end();
            unreserve();
            if (n != Io.AGAIN) {
                c.close(n == Io.END ? CloseReason.PEER_CLOSED : CloseReason.IO_ERROR);
            }
            return;
        }
        c.reusable(false);
        c.idle(false);
        if (between) {
            c.readTimeout(settings.clientHeaderTimeoutMillis());
        }
        worker.heads().read(this, start(buf));
    }

    private RequestState start(Buf first) {
        RequestState r = worker.takeState();
        r.parser.use(listen.first().connection().headLimits(), worker.knownHeaders());
        r.head.addSegment(first);
        r.startNanos = worker.time().nanos();
        r.startMillis = worker.time().epochMillis();
        r.unparsed = true;
        r.newSegment = true;
        request = r;
        state = State.READING_HEAD;
        return r;
    }

    private boolean reserve() {
        if (reserved) {
            return true;
        }
        if (waitsForMemory) {
            return false;
        }
        if (worker.budget().tryReserve(worker.exchangeBytes())) {
            reserved = true;
            return true;
        }
        waitsForMemory = true;
        worker.budget().await(this);
        return false;
    }

    private void unreserve() {
        if (reserved) {
            reserved = false;
            worker.budget().release(worker.exchangeBytes());
        }
    }

    @Override
    public void memoryFreed() {
        waitsForMemory = false;
        c.postRead();
    }

    @Override
    public int wantedBytes() {
        return worker.exchangeBytes();
    }

    boolean isReadingHead(RequestState r) {
        return state == State.READING_HEAD && request == r;
    }

    void headDone(RequestState r, Buf last) {
        last.advance(r.parser.position() - last.pos());
        r.received = last;
        c.clearReadTimeout();
        worker.context().requestStarted();
        leased = true;
        c.countRequest();
        c.sent(0);
        r.bodyDone = r.parser.framing() == BodyFraming.NONE;
        r.server = listen.find(r);
        c.log(worker.errorLog(r.server.logs()));
        r.keepAlive = r.parser.keepAlive() && worker.keepalive().isAllowed(this, r.server.connection());
        state = State.RUNNING;
        worker.phases().begin(handle(r), r);
    }

    private HttpRequest handle(RequestState r) {
        HttpRequest known = handle;
        if (known == null) {
            known = new HttpRequest(this, null);
            handle = known;
        }
        known.begin(r);
        r.beginPage(r, known);
        return known;
    }

    /** The server stops, or the connection was asked to close. */
    boolean endsAfterThis() {
        return closeWanted || worker.context().stopping();
    }

    void refuse(Fault fault) {
        c.log()
                .at(LogLevel.INFO, c)
                .text("client sent a bad request: ")
                .text(fault.text())
                .write();
        answerFault(fault.status());
    }

    /** Answers a request that no handler will see, and closes. */
    private void answerFault(int status) {
        RequestState r = state();
        c.clearReadTimeout();
        if (!leased) {
            worker.context().requestStarted();
            leased = true;
            c.countRequest();
            c.sent(0);
        }
        if (r.server == null) {
            r.server = listen.first();
        }
        r.keepAlive = false;
        r.bodyBroken = true;
        state = State.RUNNING;
        HttpRequest known = handle(r);
        known.answer(status);
        if (known.runs(r)) {
            worker.completion().finish(known, r);
        }
    }

    // ---- while it runs

    boolean runs(RequestState r) {
        return request == r;
    }

    /** Runs a request of the page soon: begins it, or goes on with it because its turn has come. */
    void post(RequestState r) {
        r.main().addPosted(r);
        c.postRead();
    }

    /** Whether the socket, or what wraps it, has not taken all yet. */
    boolean isSocketBusy() {
        return (c.buffered() & worker.socketBits()) != 0;
    }

    /** A client that takes nothing for too long is let go; that the page is not made yet is not its fault. */
    void awaitSocket(RequestState r) {
        if (isSocketBusy()) {
            c.writeTimeout(r.server().connection().sendTimeoutMillis());
        }
    }

    /** The answer is out: what becomes of the connection. */
    void end() {
        RequestState r = state();
        worker.log(running());
        boolean keep = r.keepAlive && !c.hasError() && !endsAfterThis();
        if (!r.bodyDone) {
            keep = keep && running().discardBody();
            if (request != r) {
                return;
            }
        }
        if (!keep) {
            if (worker.lingering().isWanted(this, r)) {
                linger(r);
            } else {
                c.close(CloseReason.FINISHED);
            }
            return;
        }
        worker.keepalive().begin(this, r);
    }

    /** A request begins whose first bytes came behind the one before. */
    void startPipelined(Buf first) {
        c.log(worker.errorLog(listen.first().logs()));
        pipelined = true;
        start(first);
    }

    /** Nothing runs: the slot may be taken, a stopping server may close the connection. */
    void awaitNext(long giveUpNanos) {
        c.log(worker.errorLog(listen.first().logs()));
        untilNanos = giveUpNanos;
        state = State.WAITING;
        c.idle(true);
        c.reusable(true);
    }

    long untilNanos() {
        return untilNanos;
    }

    long startNanos() {
        return startNanos;
    }

    /** Whether handles are kept that requests have used. */
    boolean hasServed() {
        return handle != null;
    }

    /** What requests have used is forgotten; who has kept a handle of it can do nothing with it any more. */
    void forgetHandles() {
        handle = null;
        Pool own = pool;
        if (own != null) {
            own.close();
            pool = null;
        }
    }

    // ---- how it ends

    /** Nothing more is said to the client; with a reset if the configuration wants that for such clients. */
    void closeWithoutAnswer(CloseReason why) {
        RequestState r = request;
        if (r != null && r.server().connection().resetTimedOut()) {
            c.resetOnClose();
        }
        c.close(why);
    }

    void free(RequestState r) {
        freeButMemory(r);
        pool().end();
        unreserve();
    }

    void freeButMemory(RequestState r) {
        HttpRequest known = handle;
        if (known != null) {
            known.over();
        }
        request = null;
        if (leased) {
            leased = false;
            worker.context().requestEnded();
        }
        worker.giveBack(r);
    }

    private void linger(RequestState r) {
        ConnectionConf settings = r.server().connection();
        free(r);
        state = State.LINGERING;
        untilNanos = worker.time().nanos() + settings.lingeringTimeMillis() * 1_000_000L;
        worker.lingering().begin(this, settings);
    }

    /** Whether the client has ever sent a request before it had the answer to the one before. */
    boolean hasPipelined() {
        return pipelined;
    }

    private RequestState state() {
        RequestState r = request;
        if (r == null) {
            throw new IllegalStateException("no request runs on this connection");
        }
        return r;
    }

    private HttpRequest running() {
        HttpRequest running = handle;
        if (running == null) {
            throw new IllegalStateException("no request runs on this connection");
        }
        return running;
    }
}
