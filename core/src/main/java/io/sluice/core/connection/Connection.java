package io.sluice.core.connection;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Pool;
import io.sluice.core.log.ConnectionErrorLevel;
import io.sluice.core.log.IoFault;
import io.sluice.core.log.LogLevel;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's handle of one connection, accepted or made. Belongs to one client, is never used for another, and fails with
 * {@link StaleConnectionException} once the connection is closed.
 *
 * <p><b>Thread:</b> the worker that owns the connection.
 */
public final class Connection extends AddressedConnection {
    private static final TcpSwitch[] SWITCHES = TcpSwitch.values();

    private @Nullable Pool pool;
    private ConnectionIo io;
    private long sent;
    private int requests;
    private byte buffered;
    private boolean closing;
    private boolean error;
    private boolean timedOut;
    private boolean unexpectedEof;
    private final boolean datagrams;
    private boolean sendfile;
    private byte noDelay;
    private byte noPush;
    private boolean moreAnnounced;

    Connection(ConnectionPool owner, Slot slot, @Nullable Listening listening, @Nullable Address remote, long number) {
        super(owner, slot, listening, remote, number);
        Endpoint endpoint = slot.endpoint;
        datagrams = endpoint != null && endpoint.socketType() == SocketType.DATAGRAM;
        io = datagrams ? DatagramIo.INSTANCE : PlainIo.INSTANCE;
        sendfile = !datagrams;
        // The client of a unix socket has no name, so its listener's tells.
        Address address = listening == null ? remote : listening.address();
        if (datagrams || address != null && address.family() == Address.Family.UNIX) {
            noDelay = (byte) TcpSwitch.DISABLED.ordinal();
            noPush = (byte) TcpSwitch.DISABLED.ordinal();
        }
    }

    // ---- the data slot

    /** Takes the data slot of a connection that nobody owns. */
    public <S> void claim(Claim<S> by, S session) {
        DataSlot.claim(this, by, session);
    }

    /** The session of the consumer that has claimed this connection, if it is the one that asks. */
    public <S> S data(ConsumerKey<S> key) {
        return DataSlot.data(this, key);
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
        return DataSlot.handOver(this, to, unread);
    }

    /** As {@link #handOver(Claim, Buf)} between two consumers of which the former knows the latter's session; nothing was left unread. */
    public <T> void handOverTo(Claim<T> to, T session) {
        DataSlot.release(this);
        DataSlot.claim(this, to, session);
    }

    /**
     * Gives an accepted connection to another listening, as if its client had connected there: to its stages, then its consumer, with what
     * was put back (ngx_stream_pass_module). The former owner hears nothing of it any more and may not touch it; operations that were put
     * in the place of the bare socket's stay.
     *
     * @param to one of {@link AllListenings}, of this connection's kind
     * @param at where the client is taken to have connected to: our own address from now on. Of a wildcard only its port counts.
     * @param claims finds the claims of the cycle, as {@code context::claim}
     * @throws IllegalStateException if it was passed {@link #MOST_PASSES} times already: nothing has happened then
     */
    public void passTo(Listening to, Address at, Function<String, Claim<?>> claims) {
        requireOpen();
        Claim<?> claim = claims.apply(to.claimant());
        moveTo(to, at);
        Dispatch.passed(this, claim);
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

    /** What moves here: bytes, or datagrams. A client that sends datagrams is a session of a listening socket that all share. */
    public SocketType socketType() {
        return datagrams ? SocketType.DATAGRAM : SocketType.STREAM;
    }

    /**
     * Lets the next datagram of this client begin a new session, as nginx's {@code proxy_requests}. This connection receives no more and
     * can send until it is closed.
     *
     * @throws UnsupportedOperationException if this is no client that sends datagrams
     */
    public void endDatagrams() {
        endpoint().endDatagrams();
    }

    /** Whether the four operations are those of the bare socket: nothing was put back, nothing changes the bytes on their way. */
    public boolean isPlain() {
        return io == PlainIo.INSTANCE || io == DatagramIo.INSTANCE;
    }

    /**
     * Puts unread bytes back, before what else will be received: whoever receives next gets them first, be it another consumer. They are
     * copied, into memory that is counted; if that makes room by closing reusable connections, this one must not be among them.
     */
    public void putBack(Buf unread) {
        slot();
        PutBackIo.put(this, unread);
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
        requireOpen();
        sent = bytes;
    }

    /** Whether parts of files may be given to {@link #sendChain} as they are; else they are read into memory before. */
    public boolean sendfile() {
        return sendfile;
    }

    /** On at first where a stream goes out; an I/O that changes the bytes on their way must say no. */
    public void sendfile(boolean on) {
        requireOpen();
        sendfile = on;
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

    // ---- who it is

    public int requests() {
        return requests;
    }

    /** One more request on this connection. */
    public void countRequest() {
        requireOpen();
        requests++;
    }

    /**
     * Memory that lives as long as the connection, counted in the worker's budget. Small pieces share a first block of the listener's
     * {@code pool-size}, taken when the first of them is asked for.
     */
    public Pool pool() {
        requireOpen();
        Pool made = pool;
        if (made == null) {
            made = owner().engine().slabs().countedPool(options().poolBytes());
            pool = made;
        }
        return made;
    }

    private ListenOptions options() {
        Listening from = listening();
        return from == null ? ListenOptions.DEFAULT : from.options();
    }

    /** Sets an option of the socket; a refusal is logged and answered with false. */
    public boolean option(SocketOption option, int value) {
        boolean done = endpoint().option(option, value);
        if (!done) {
            log().at(LogLevel.ALERT, this)
                    .text("a socket option was refused: ")
                    .text(option.name())
                    .write();
        }
        return done;
    }

    /**
     * Switches Nagle's algorithm off, unless it is off or a unix socket has none. As ngx_tcp_nodelay.
     *
     * @return false if the system refused: logged, and the connection has an error
     */
    public boolean tcpNoDelay() {
        return TcpPacking.noDelay(this);
    }

    /** SET while small segments leave at once. */
    public TcpSwitch tcpNoDelayState() {
        return SWITCHES[noDelay];
    }

    /**
     * Lets go what was held back so that a head and the file behind it leave together: called by who has sent a whole answer or
     * request. As ngx_tcp_push.
     *
     * @return false if the system refused: logged, and the connection has an error
     */
    public boolean tcpPush() {
        return TcpPacking.push(this);
    }

    /** SET while the cork is on: a partial segment is held back until {@link #tcpPush}. */
    public TcpSwitch tcpNoPushState() {
        return SWITCHES[noPush];
    }

    /** From now on a head in front of a file is not held back; what is held back now stays so until {@link #tcpPush}. */
    public void disableTcpNoPush() {
        requireOpen();
        if (noPush == TcpSwitch.UNSET.ordinal()) {
            noPush = (byte) TcpSwitch.DISABLED.ordinal();
        }
    }

    void tcpNoDelayState(TcpSwitch state) {
        noDelay = (byte) state.ordinal();
    }

    void tcpNoPushState(TcpSwitch state) {
        noPush = (byte) state.ordinal();
    }

    /** Whether the system was told that more comes, and what was to come has not been sent. */
    boolean moreAnnounced() {
        return moreAnnounced;
    }

    void moreAnnounced(boolean on) {
        moreAnnounced = on;
    }

    // ---- how it ends

    /** An I/O operation has failed or a plugin said so: nothing more is written. */
    public boolean hasError() {
        return error;
    }

    /** Says that nothing more can be written. */
    public void setError() {
        requireOpen();
        error = true;
    }

    /** The stream ended before what its protocol announced: a body cut short, TLS without close_notify. */
    public boolean hasUnexpectedEof() {
        return unexpectedEof;
    }

    /** Said by who knows the protocol. */
    public void unexpectedEof(boolean on) {
        requireOpen();
        unexpectedEof = on;
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
        requireOpen();
        closing = true;
        timedOut |= why == CloseReason.TIMED_OUT;
        ConnectionEnd.close(this, owner(), why);
    }

    void endPool() {
        Pool made = pool;
        if (made != null) {
            made.close();
        }
    }

    /** Code of a plugin threw, and its caller knows how to go on: one line with the stack, a counter. What is fatal is thrown on. */
    public void report(String where, Throwable failure) {
        owner().engine().pluginFailed(this, where, failure);
    }

    /** Code of a consumer threw: this connection ends, the worker lives on. */
    public void failed(String where, Throwable failure) {
        owner().engine().pluginFailed(this, where, failure);
        if (isOpen()) {
            close(CloseReason.BUG);
        }
    }

    void timedOut(Direction direction) {
        timedOut = true;
        ConnectionEnd.timedOut(this, direction);
        // Only a close for this reason leaves it standing.
        timedOut = closing;
    }

    // ---- for the operations

    void countSent(long bytes) {
        sent += bytes;
    }

    /** @return what recv answers: a reset that is to be ignored reads as the end */
    int ioFailed(Event event, IoFault fault, String operation) {
        ConnectionErrorLevel level = errorLevel();
        if (level.ignores(fault)) {
            return Io.END;
        }
        event.error = true;
        error = true;
        log().log(level.levelFor(fault), this, operation, fault);
        return Io.ERROR;
    }
}
