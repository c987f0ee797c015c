package io.sluice.core.connection;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Pool;
import io.sluice.core.log.ConnectionErrorLevel;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.IoFault;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogLine;
import io.sluice.core.log.LogOrigin;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's handle of one connection, accepted or made. Belongs to one client, is never used for another, and fails with
 * {@link StaleConnectionException} once the connection is closed.
 *
 * <p><b>Thread:</b> the worker that owns the connection.
 */
public final class Connection implements LogContext {
    private final ConnectionPool owner;
    private final Slot slot;
    private final int generation;
    private final @Nullable Listening listening;
    private final long number;
    private final Pool pool;
    private @Nullable Address remote;
    private @Nullable Address local;
    private ConnectionIo io = PlainIo.INSTANCE;
    private ErrorLog log;
    private @Nullable LogContext logContext;
    private ConnectionErrorLevel errorLevel = ConnectionErrorLevel.ALERT;
    private long sent;
    private int requests;
    private byte buffered;
    private boolean closing;
    private boolean closed;
    private boolean error;
    private boolean timedOut;
    private boolean resting;
    private byte noDelay;

    Connection(ConnectionPool owner, Slot slot, @Nullable Listening listening, @Nullable Address remote, long number) {
        this.owner = owner;
        this.slot = slot;
        this.generation = slot.generation;
        this.listening = listening;
        this.remote = remote;
        this.number = number;
        this.pool = owner.engine().slabs().pool();
        this.log = owner.engine().log();
    }

    // ---- the data slot

    /** Takes the data slot of a connection that nobody owns. */
    public <S> void claim(Claim<S> by, S session) {
        Slot s = slot();
        Claim<?> former = s.claim;
        if (former != null) {
            throw new ForeignClaimException(by.key().toString(), former.key().toString(), number);
        }
        s.claim = by;
        s.data = session;
        by.lease().connectionTaken();
    }

    /** The session of the consumer that has claimed this connection, if it is the one that asks. */
    @SuppressWarnings("unchecked")
    public <S> S data(ConsumerKey<S> key) {
        Slot s = slot();
        Claim<?> claim = s.claim;
        if (claim == null || claim.key() != key) {
            throw new ForeignClaimException(
                    key.toString(), claim == null ? "nobody" : claim.key().toString(), number);
        }
        return (S) s.session();
    }

    /** Who owns the data, or null. */
    public @Nullable ConsumerKey<?> claimedBy() {
        Claim<?> claim = slot().claim;
        return claim == null ? null : claim.key();
    }

    /**
     * Gives the connection to another consumer, with the bytes that were read and not used. The former owner hears nothing of it any
     * more; timers, reusable and idle are taken off.
     */
    public <T> T handOver(Claim<T> to, @Nullable Buf unread) {
        release();
        T session = to.consumer().handedOver(this, unread);
        if (isOpen()) {
            claim(to, session);
        }
        return session;
    }

    /** As {@link #handOver(Claim, Buf)} between two consumers of which the former knows the latter's session; nothing was left unread. */
    public <T> void handOverTo(Claim<T> to, T session) {
        release();
        claim(to, session);
    }

    private void release() {
        Slot s = slot();
        Claim<?> former = s.claim;
        if (former != null) {
            former.lease().connectionReturned();
        }
        s.claim = null;
        s.data = null;
        clearReadTimeout();
        clearWriteTimeout();
        reusable(false);
        idle(false);
        resting = false;
        logContext = null;
    }

    // ---- moving bytes

    /** See {@link ConnectionIo#recv}. */
    public int recv(Buf into) {
        slot();
        return io.recv(this, into);
    }

    /** See {@link ConnectionIo#recvChain}. */
    public long recvChain(Chain into, long limit) {
        slot();
        return io.recvChain(this, into, limit);
    }

    /** See {@link ConnectionIo#send}. */
    public int send(Buf from) {
        slot();
        return io.send(this, from);
    }

    /** See {@link ConnectionIo#sendChain}. */
    public @Nullable Chain sendChain(Chain from, long limit) {
        slot();
        return io.sendChain(this, from, limit);
    }

    /**
     * Sends what a Buf holds, with the bit set for as long as some of it is left. When nothing is left all its room is free again.
     *
     * @return whether nothing is left; after an error nothing ever will be, see {@link #hasError}
     */
    public boolean flush(Buf from, BitPromise bit) {
        BufferedBit held = bit.get();
        while (from.size() > 0) {
            int n = send(from);
            if (n < 0) {
                buffer(held);
                return false;
            }
        }
        from.clear();
        unbuffer(held);
        return true;
    }

    public ConnectionIo io() {
        return io;
    }

    /** Puts other operations in the place of the four; the former ones stay with who put these. */
    public void io(ConnectionIo replacement) {
        slot();
        io = replacement;
    }

    /** Ends our direction; the other side reads an end of stream. */
    public void shutdownOutput() {
        endpoint().shutdownOutput();
    }

    /** Bytes written so far; of the application, if a plugin wraps the operations. */
    public long sent() {
        return sent;
    }

    /** Starts the count again, as HTTP does for each request. */
    public void sent(long bytes) {
        sent = bytes;
    }

    // ---- readiness, timers, turns

    public boolean readReady() {
        return slot().read.ready;
    }

    public boolean writeReady() {
        return slot().write.ready;
    }

    /** A recv has answered {@link Io#END}. */
    public boolean readEof() {
        return slot().read.eof;
    }

    /** The other side has ended its stream, though bytes may be left to read. False where the driver cannot tell. */
    public boolean peerClosed() {
        Event read = slot().read;
        return read.eof || read.pendingEof;
    }

    /** The socket has failed, though nothing was read or written since. False where the driver cannot tell. */
    public boolean peerFailed() {
        return slot().read.error;
    }

    /** Calls the consumer's timedOut after so many milliseconds, once, unless it is set again or cleared. */
    public void readTimeout(long millis) {
        slot().read.timer().setMillis(millis);
    }

    public void clearReadTimeout() {
        slot().read.timer().cancel();
    }

    /** As {@link #readTimeout}, for the other direction. */
    public void writeTimeout(long millis) {
        slot().write.timer().setMillis(millis);
    }

    public void clearWriteTimeout() {
        slot().write.timer().cancel();
    }

    /** Calls readable again in this turn, after what else is ready. */
    public void postRead() {
        owner.engine().post(slot().read);
    }

    /** Calls readable in the next turn, so that others go first. */
    public void postReadNext() {
        owner.engine().postNext(slot().read);
    }

    /** Calls writable again in this turn. */
    public void postWrite() {
        owner.engine().post(slot().write);
    }

    /** Calls writable in the next turn. */
    public void postWriteNext() {
        owner.engine().postNext(slot().write);
    }

    // ---- buffered bits

    /** All bits: something is still held here while any is set. */
    public int buffered() {
        return buffered & 0xff;
    }

    public boolean isBuffered(BufferedBit bit) {
        return (buffered & bit.mask()) != 0;
    }

    public void buffer(BufferedBit bit) {
        bit.requireScope(BufferedBit.Scope.CONNECTION);
        slot();
        buffered |= (byte) bit.mask();
    }

    public void unbuffer(BufferedBit bit) {
        slot();
        buffered &= (byte) ~bit.mask();
    }

    // ---- who waits, who may be taken

    /** Whether its slot may be taken for another connection. Asking again makes it the youngest of those. */
    public void reusable(boolean on) {
        owner.reusable().mark(slot(), on);
    }

    public boolean isReusable() {
        return slot().reusable;
    }

    /** Whether a stopping server may ask it to close. */
    public void idle(boolean on) {
        slot().idle = on;
    }

    public boolean isIdle() {
        return slot().idle;
    }

    /**
     * Nothing of this client is under way: its slot may be taken, a stopping server may close it, and after so many milliseconds it is
     * timed out. The next bytes that are received end this.
     */
    public void rest(long idleMillis) {
        reusable(true);
        idle(true);
        resting = true;
        // A server that stops has asked its idle connections before this one became one.
        readTimeout(owner.engine().stopping() ? 0 : idleMillis);
    }

    void wake() {
        if (resting) {
            resting = false;
            reusable(false);
            idle(false);
            clearReadTimeout();
        }
    }

    // ---- who it is

    /** Unique over all workers; in every line of the log. */
    public long number() {
        return number;
    }

    /** The listener it came from; null for a connection that we made. */
    public @Nullable Listening listening() {
        return listening;
    }

    /** False for a connection made for the sake of another, as to a peer. */
    public boolean isSingle() {
        return listening != null;
    }

    public int requests() {
        return requests;
    }

    /** One more request on this connection. */
    public void countRequest() {
        requests++;
    }

    /** The other side's address. */
    public @Nullable Address remoteAddress() {
        Address known = remote;
        if (known == null && isOpen()) {
            known = endpoint().remoteAddress();
            remote = known;
        }
        return known;
    }

    /** Our own address; the system is asked only for a wildcard listener or an outgoing connection. */
    public @Nullable Address localAddress() {
        Address known = local;
        if (known == null) {
            Listening from = listening;
            known = from != null && !from.address().isWildcard()
                    ? from.address()
                    : endpoint().localAddress();
            local = known;
        }
        return known;
    }

    /** Memory that lives as long as the connection. */
    public Pool pool() {
        slot();
        return pool;
    }

    /** Sets an option of the socket; a refusal is logged and answered with false. */
    public boolean option(SocketOption option, int value) {
        boolean done = endpoint().option(option, value);
        if (!done) {
            log.at(LogLevel.ALERT, this)
                    .text("a socket option was refused: ")
                    .text(option.name())
                    .write();
        }
        return done;
    }

    /** Switches Nagle's algorithm off, once. As ngx_tcp_nodelay. */
    public void tcpNoDelay() {
        if (noDelay == 0) {
            // The client of a unix socket has no name, so its listener's tells.
            Address address = listening == null ? remote : listening.address();
            boolean unix = address != null && address.family() == Address.Family.UNIX;
            noDelay = unix ? (byte) 2 : 1;
            if (!unix) {
                option(SocketOption.TCP_NODELAY, 1);
            }
        }
    }

    // ---- log

    public ErrorLog log() {
        return log;
    }

    /** The log of the place that serves the connection now. */
    public void log(ErrorLog place) {
        log = place;
    }

    /** What is added to each line about this connection: client, server, request. */
    public void logContext(@Nullable LogContext context) {
        logContext = context;
    }

    public ConnectionErrorLevel errorLevel() {
        return errorLevel;
    }

    /** How loud its I/O errors are logged. */
    public void errorLevel(ConnectionErrorLevel level) {
        errorLevel = level;
    }

    @Override
    public LogOrigin origin() {
        return owner.engine().log().speaker().origin();
    }

    /** A connection made for another one's sake speaks with that one's number, as in nginx. */
    @Override
    public long connectionNumber() {
        LogContext context = logContext;
        long ofContext = context == null ? 0 : context.connectionNumber();
        return ofContext == 0 ? number : ofContext;
    }

    @Override
    public void appendTo(LogLine line) {
        LogContext context = logContext;
        if (context != null) {
            context.appendTo(line);
        }
    }

    // ---- how it ends

    public boolean isOpen() {
        return !closed && slot.generation == generation;
    }

    /** An I/O operation has failed or a plugin said so: nothing more is written. */
    public boolean hasError() {
        return error;
    }

    /** Says that nothing more can be written. */
    public void setError() {
        error = true;
    }

    public boolean isTimedOut() {
        return timedOut;
    }

    /** Makes the close send a reset: an answer that is lost on purpose. */
    public void resetOnClose() {
        endpoint().resetOnClose();
    }

    /**
     * Ends the connection, once: the consumer hears {@code closed}, then go timers, events, posted events, the place in the queue, the slot,
     * the socket, the pool, in this order. A second call, also from inside closed, does nothing.
     */
    public void close(CloseReason why) {
        if (closing) {
            return;
        }
        Slot s = slot();
        closing = true;
        timedOut |= why == CloseReason.TIMED_OUT;
        Claim<?> claim = s.claim;
        try {
            if (claim != null) {
                tellClosed(claim, s, why);
            }
        } finally {
            // Also when something fatal was thrown: the server ends then, and gives everything back.
            giveUp(s, claim);
        }
    }

    private void giveUp(Slot s, @Nullable Claim<?> claim) {
        if (claim != null) {
            claim.lease().connectionReturned();
        }
        Endpoint endpoint = s.endpoint;
        owner.giveBack(s);
        closed = true;
        if (endpoint != null) {
            endpoint.close();
        }
        try {
            pool.close();
        } catch (RuntimeException failure) {
            owner.engine().pluginFailed(this, "a cleanup of the connection's pool", failure);
        }
    }

    @SuppressWarnings("unchecked")
    private <S> void tellClosed(Claim<S> claim, Slot s, CloseReason why) {
        try {
            claim.consumer().closed((S) s.session(), why);
        } catch (Throwable failure) {
            owner.engine().pluginFailed(this, "closed", failure);
        }
    }

    /** Code of a plugin threw, and its caller knows how to go on: one line with the stack, a counter. What is fatal is thrown on. */
    public void report(String where, Throwable failure) {
        owner.engine().pluginFailed(this, where, failure);
    }

    /** Code of a consumer threw: this connection ends, the worker lives on. */
    public void failed(String where, Throwable failure) {
        owner.engine().pluginFailed(this, where, failure);
        if (isOpen()) {
            close(CloseReason.BUG);
        }
    }

    @SuppressWarnings("unchecked")
    void timedOut(Direction direction) {
        timedOut = true;
        Claim<?> claim = slot.claim;
        if (claim == null) {
            close(CloseReason.TIMED_OUT);
            return;
        }
        try {
            ((Consumer<Object>) claim.consumer()).timedOut(slot.session(), this, direction);
        } catch (Throwable failure) {
            failed("timedOut", failure);
        }
        timedOut = false;
    }

    // ---- for the operations

    Slot slot() {
        if (slot.generation != generation) {
            throw new StaleConnectionException(number);
        }
        return slot;
    }

    Endpoint endpoint() {
        Endpoint endpoint = slot().endpoint;
        if (endpoint == null) {
            throw new StaleConnectionException(number);
        }
        return endpoint;
    }

    void countSent(long bytes) {
        sent += bytes;
    }

    /** @return what recv answers: a reset that is to be ignored reads as the end */
    int ioFailed(Event event, IoFault fault, String operation) {
        if (errorLevel.ignores(fault)) {
            return Io.END;
        }
        event.error = true;
        error = true;
        log.log(errorLevel.levelFor(fault), this, operation, fault);
        return Io.ERROR;
    }
}
