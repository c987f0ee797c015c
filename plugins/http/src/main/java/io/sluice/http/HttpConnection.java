package io.sluice.http;

import io.sluice.core.buffer.Buf;
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
import org.jspecify.annotations.Nullable;

/**
 * A client's connection between and during its requests: waits for bytes, reads heads, hands requests to the phases, and decides what
 * becomes of the connection after each (ngx_http_request.c).
 *
 * <p><b>Thread:</b> the worker's.
 */
final class HttpConnection implements LogContext {
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
    private final ExchangeMemory memory;
    private final RunningRequest running;
    private boolean closeWanted;
    private boolean pipelined;
    /** While it waits for a request or lingers: when that ends whatever the client does. */
    private long untilNanos;

    private final long startNanos;

    HttpConnection(HttpWorker worker, Connection c) {
        this.worker = worker;
        this.c = c;
        this.memory = new ExchangeMemory(worker, c);
        this.running = new RunningRequest(this);
        this.listen = HttpListen.of(c);
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
        return running.stateOrNull();
    }

    /** Memory of the running request; the same object for each request of this client. */
    Pool pool() {
        return memory.pool();
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
            case READING_HEAD -> worker.heads().read(this, running.state());
            case RUNNING -> worker.watch().readable(this, running.state());
            case LINGERING -> worker.lingering().read(this);
        }
    }

    void writable() {
        RequestState r = running.stateOrNull();
        RequestState active = state == State.RUNNING && r != null ? r.active : null;
        if (active != null) {
            worker.completion().push(active.handle(), active);
        }
    }

    void timedOut(Direction direction) {
        RequestState r = running.stateOrNull();
        switch (state) {
            case WAITING -> worker.keepalive().timedOut(this);
            case LINGERING -> c.close(CloseReason.TIMED_OUT);
            case READING_HEAD -> {
                c.log().log(LogLevel.INFO, c, "client timed out while it sent its request");
                answerFault(408);
            }
            case RUNNING -> {
                if (r != null && r.delayed && direction == Direction.WRITE) {
                    r.delayed = false;
                    writable();
                    return;
                }
                c.log().log(LogLevel.INFO, c, "client timed out");
                if (r != null && direction == Direction.READ && !r.headerSent && abandonPage(r)) {
                    if (running.is(r)) {
                        answerFault(408);
                    }
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
        memory.stopWaiting();
        RequestState r = running.stateOrNull();
        if (r != null) {
            worker.subrequests().abortPage(this, r);
            if (running.isLeased() && !r.complete) {
                if (r.status == 0) {
                    r.status = 499;
                }
                worker.log(running.handle());
            }
            if (!worker.subrequests().isBlocked(r)) {
                freePage(r);
            }
        } else {
            memory.closed();
        }
    }

    /** The page will not be made, so that something else can be answered. Answers false if somebody works for it who cannot be stopped. */
    boolean abandonPage(RequestState main) {
        if (worker.subrequests().isBlocked(main)) {
            return false;
        }
        worker.subrequests().abortPage(this, main);
        if (running.is(main)) {
            worker.subrequests().letPartsGo(main);
        }
        return true;
    }

    /** Nobody works for a request any more without its knowing: it goes on to its end, or goes, if its client has gone already. */
    void unblocked(RequestState r) {
        RequestState main = r.main();
        if (c.isOpen()) {
            if (r.finishing) {
                post(r);
            }
        } else if (!worker.subrequests().isBlocked(main)) {
            freePage(main);
        }
    }

    private void freePage(RequestState main) {
        worker.subrequests().letPartsGo(main);
        free(main);
    }

    // ---- a request begins

    private void begin() {
        if (!memory.reserve()) {
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
            memory.release();
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
        RequestState r = running.take(first, listen.first().connection().headLimits());
        state = State.READING_HEAD;
        return r;
    }

    boolean isReadingHead(RequestState r) {
        return state == State.READING_HEAD && running.is(r);
    }

    void headDone(RequestState r, Buf last) {
        last.advance(r.parser.position() - last.pos());
        r.received = last;
        c.clearReadTimeout();
        running.lease();
        r.bodyDone = r.parser.framing() == BodyFraming.NONE;
        ServerConf server = listen.find(r);
        r.serve(server);
        c.log(worker.errorLog(server.logs()));
        r.keepAlive = r.parser.keepAlive() && worker.keepalive().isAllowed(this, server.connection());
        state = State.RUNNING;
        worker.phases().begin(running.begin(r), r);
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
        RequestState r = running.state();
        c.clearReadTimeout();
        running.lease();
        if (!r.hasServer()) {
            r.serve(listen.first());
        }
        r.keepAlive = false;
        r.bodyBroken = true;
        state = State.RUNNING;
        HttpRequest known = running.begin(r);
        known.answer(status);
        if (known.runs(r)) {
            worker.completion().finish(known, r);
        }
    }

    // ---- while it runs

    boolean runs(RequestState r) {
        return running.is(r);
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
        if (isSocketBusy() && !r.main().delayed) {
            c.writeTimeout(r.server().connection().sendTimeoutMillis());
        }
    }

    /** The answer is out: what becomes of the connection. */
    void end() {
        RequestState r = running.state();
        r.complete = true;
        worker.log(running.handle());
        boolean keep = r.keepAlive && !c.hasError() && !endsAfterThis();
        if (!r.bodyDone) {
            keep = keep && running.handle().discardBody();
            if (!running.is(r)) {
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
        start(first).pipelined = true;
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
        return running.hasServed();
    }

    /** What requests have used is forgotten; who has kept a handle of it can do nothing with it any more. */
    void forgetHandles() {
        running.forget();
        memory.forget();
    }

    // ---- how it ends

    /** Nothing more is said to the client; with a reset if the configuration wants that for such clients. */
    void closeWithoutAnswer(CloseReason why) {
        RequestState r = running.stateOrNull();
        if (r != null && r.location().core().resetTimedoutConnection()) {
            c.resetOnClose();
        }
        c.close(why);
    }

    void free(RequestState r) {
        freeButMemory(r);
        memory.release();
    }

    void freeButMemory(RequestState r) {
        running.over(r);
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
}
