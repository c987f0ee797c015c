package io.sluice.stream;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.BufferedBit;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Direction;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.SocketType;
import io.sluice.core.log.ConnectionErrorLevel;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogLine;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One client with one connection, from the first phase to the line in the access log (ngx_stream_session_t). Belongs to one client and
 * is never used for another.
 *
 * <p><b>Thread:</b> the worker's.
 */
public final class StreamSession implements LogContext {
    /** It ended, in whatever way, without a fault of ours. */
    public static final int OK = 200;

    /** What the client sent was not understood. */
    public static final int BAD_REQUEST = 400;

    /** The client may not have a session. */
    public static final int FORBIDDEN = 403;

    /** A fault of ours. */
    public static final int INTERNAL_ERROR = 500;

    /** No peer could be reached. */
    public static final int BAD_GATEWAY = 502;

    /** There are too many sessions. */
    public static final int UNAVAILABLE = 503;

    /** Where it is; nothing else says it. */
    enum State {
        NEW,
        /** A handler runs, or has parked. */
        PHASES,
        /** A handler wants more bytes than there are. */
        PREREADING,
        /** The content handler has it. */
        TAKEN,
        OVER
    }

    private final StreamWorker worker;
    private final Connection c;
    private final StreamListen listen;
    private final SessionMemory memory;
    private final KeptValues kept = new KeptValues();
    private final long startNanos;
    final Preread preread = new Preread();
    final PhasePlace place = new PhasePlace();
    private State state = State.NEW;
    private @Nullable SessionListener listener;
    private int status;
    private long received;

    StreamSession(StreamWorker worker, Connection c) {
        this.worker = worker;
        this.c = c;
        this.listen = (StreamListen)
                Objects.requireNonNull(Objects.requireNonNull(c.listening()).attachment());
        this.memory = new SessionMemory(worker.context().budget(), this);
        this.startNanos = worker.context().time().nanos();
        c.errorLevel(ConnectionErrorLevel.INFO);
        c.log(worker.errorLog(listen.server()));
        c.logContext(this);
    }

    // ---- for plugins

    /** The client's. */
    public Connection connection() {
        return c;
    }

    /** What a plugin has made of the session's server. */
    public <T> T part(ServerPart<T> part) {
        return part.in(listen.server().parts());
    }

    /** 0 until it ends. */
    public int status() {
        return status;
    }

    /** When it began, as the worker's clock counts. */
    public long startNanos() {
        return startNanos;
    }

    /** How long it lasts, or has lasted. */
    public long millis() {
        return (worker.context().time().nanos() - startNanos) / 1_000_000;
    }

    /** Bytes of the client so far. */
    public long bytesReceived() {
        return received;
    }

    /** Counts bytes that were read from the client. */
    public void countReceived(long bytes) {
        received += bytes;
    }

    /** What it may take of the worker's memory. */
    public SessionMemory memory() {
        return memory;
    }

    /** The bit of a connection that says: bytes for it wait here. */
    public BufferedBit writeBit() {
        return worker.writeBit();
    }

    /** In the phase PREREAD: the client's bytes so far, or null. Whoever has the session then reads them again. */
    public @Nullable Buf preread() {
        return preread.unread();
    }

    /** Evaluates a text with variables; the bytes are lent until the next evaluation on this worker. */
    public BytesSink evaluate(Template<StreamSession> template) {
        BytesSink sink = worker.sink();
        template.evaluate(this, sink);
        return sink;
    }

    /** Keeps something with this session. */
    public <T> void keep(SessionKey<T> key, T value) {
        kept.put(key, value);
    }

    /** What was kept under a key, or null. */
    public <T> @Nullable T kept(SessionKey<T> key) {
        return kept.get(key);
    }

    /** For a handler that will answer {@link StreamOutcome#PARKED}: the ticket with which the session goes on, good for one use. */
    public long park() {
        place.ticket = worker.nextTicket();
        return place.ticket;
    }

    /** Goes on behind the handler that has parked. Does nothing with a ticket that was used, or when the session is over. */
    public void resume(long ticket) {
        if (ticket == 0 || ticket != place.ticket || state == State.OVER) {
            return;
        }
        place.ticket = 0;
        if (place.inHandler) {
            place.resumed = true;
        } else {
            worker.phases().run(this);
        }
    }

    /** Who hears of the client from now on: said by the handler that answers {@link StreamOutcome#TAKEN}. */
    public void listener(SessionListener taker) {
        listener = taker;
    }

    /**
     * Ends it, once: the listener hears so, the handlers of the phase LOG run, the client's connection is closed.
     *
     * @return {@link StreamOutcome#ENDED}, for a handler to answer
     */
    public StreamOutcome end(int withStatus) {
        if (state != State.OVER) {
            status = withStatus;
            c.close(CloseReason.FINISHED);
        }
        return StreamOutcome.ENDED;
    }

    /**
     * Ends it here and gives the client's connection to another listening, with what was preread, as {@link Connection#passTo}. As in
     * nginx the handlers of the phase LOG do not run.
     *
     * @return {@link StreamOutcome#ENDED}, for a handler to answer
     */
    public StreamOutcome passTo(Listening to, Address at) {
        c.passTo(to, at, worker.context()::claim);
        state = State.OVER;
        giveBack();
        worker.context().requestEnded();
        return StreamOutcome.ENDED;
    }

    /** Whether it has ended. */
    public boolean isOver() {
        return state == State.OVER;
    }

    // ---- for the package

    StreamWorker worker() {
        return worker;
    }

    StreamListen listen() {
        return listen;
    }

    void enter(State next) {
        state = next;
    }

    State state() {
        return state;
    }

    void readable() {
        switch (state) {
            case NEW -> begin();
            case PREREADING -> worker.phases().run(this);
            case TAKEN -> taker().clientReadable();
            case PHASES, OVER -> {}
        }
    }

    private void begin() {
        state = State.PHASES;
        worker.context().requestStarted();
        SessionLog.connected(this);
        worker.phases().run(this);
        if (state == State.PHASES && c.socketType() == SocketType.DATAGRAM) {
            // What nobody reads now is lost.
            preread.keep(this);
        }
    }

    void writable() {
        if (state == State.TAKEN) {
            taker().clientWritable();
        }
    }

    void timedOut(Direction direction) {
        switch (state) {
            case TAKEN -> taker().clientTimedOut(direction);
            case NEW, PHASES, PREREADING -> end(OK);
            case OVER -> {}
        }
    }

    void memoryFreed() {
        switch (state) {
            case PREREADING -> worker.phases().run(this);
            case TAKEN -> taker().memoryFreed();
            case NEW, PHASES, OVER -> {}
        }
    }

    private SessionListener taker() {
        return Objects.requireNonNull(listener, "a handler has taken the session and hears nothing of it");
    }

    void closed(CloseReason why) {
        State former = state;
        state = State.OVER;
        if (status == 0) {
            status = why == CloseReason.BUG ? INTERNAL_ERROR : OK;
        }
        tellEnded();
        if (former != State.NEW) {
            worker.log(this);
            worker.context().requestEnded();
        }
        giveBack();
    }

    private void tellEnded() {
        SessionListener taker = listener;
        if (taker != null) {
            try {
                taker.ended();
            } catch (Throwable failure) {
                c.report("the end of a session", failure);
            }
        }
    }

    private void giveBack() {
        preread.end();
        memory.close();
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
        SessionLog.append(this, listener, line);
    }
}
