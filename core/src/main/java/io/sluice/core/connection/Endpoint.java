package io.sluice.core.connection;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.log.IoFault;
import org.jspecify.annotations.Nullable;

/**
 * One socket as a driver sees it: bytes in, bytes out, options, readiness. Made by a driver, owned by the slot it was given to;
 * no plugin meets it, and no descriptor or error number comes out of it.
 *
 * <p>Results of the moving methods: a count, {@link Io#END} (reads only), {@link Io#AGAIN}, or {@link Io#ERROR}; after an error
 * {@link #fault()} says which. Datagrams have no end: one without bytes is read as {@link Io#EMPTY_DATAGRAM}, and written as 0 bytes.
 *
 * <p><b>Thread:</b> the worker it is attached to; before {@link #attach} whoever made it.
 */
public abstract class Endpoint {
    /** How many Bufs one gathering or scattering call moves at most, as nginx's NGX_IOVS_PREALLOCATE. */
    public static final int GATHER = 64;

    /** Reads into the room of a Buf and moves its end on. */
    public abstract int read(Buf into);

    /** Reads into the room of several Bufs, in order. */
    public abstract long readv(Chain into, long limit);

    /** Whether bytes were ever read; true where the driver does not keep account of it. */
    public boolean hasRead() {
        return true;
    }

    /** Writes unread bytes; positions are moved on by the caller. */
    public abstract int write(Buf from);

    /** Writes the Bufs of a chain that lie in memory, up to the first file or the limit; positions are moved on by the caller. */
    public abstract long writev(Chain from, long limit);

    /** What this socket carries. With {@link SocketType#DATAGRAM} a read takes one datagram and a write sends one. */
    public SocketType socketType() {
        return SocketType.STREAM;
    }

    /**
     * Sends the datagrams at the head of a chain, each up to a flush or last mark, as many as one call takes, until so many bytes
     * are reached; positions are moved on by the caller, which has seen that there is a mark.
     *
     * @return how many datagrams went; or {@link Io#AGAIN}, {@link Io#ERROR}
     * @throws UnsupportedOperationException if this is a stream
     */
    public int sendDatagrams(Chain from, long limit) {
        throw new UnsupportedOperationException("a stream has no datagrams");
    }

    /**
     * Lets the next datagram of this client begin a new session; what is here can still send.
     *
     * @throws UnsupportedOperationException if this is no client of a listening socket for datagrams
     */
    public void endDatagrams() {
        throw new UnsupportedOperationException("not a client that sends datagrams");
    }

    /** Whether {@link #writevMore} holds a last partial segment back for what is sent next. */
    public boolean takesMore() {
        return false;
    }

    /**
     * As {@link #writev}, of bytes behind which more is sent at once: where {@link #takesMore}, a last partial segment waits for it. It
     * leaves with the next bytes that are sent in any other way, when {@link SocketOption#TCP_CORK} is taken off, at the end of the
     * stream, or when the system has waited long enough (200 ms on Linux).
     */
    public long writevMore(Chain from, long limit) {
        return writev(from, limit);
    }

    /** Sends a range of a file; {@link Io#END} if the file has become shorter than the range. */
    public abstract long sendFile(Buf from, long limit);

    /** What the last error was. */
    public abstract IoFault fault();

    /** For a connect in progress: how it went. {@link IoFault#NONE} when connected. */
    public abstract IoFault connectResult();

    /**
     * Makes the readiness of this socket known to the loop under a token, from now on. Reports are edge-like: once, and again
     * only after an operation answered AGAIN or moved less than asked for.
     *
     * @param write whether to tell also when it can be written
     * @throws IllegalStateException if the system has no room to watch one more
     */
    public abstract void attach(long token, boolean write);

    /** Whether {@link #attach} was called and {@link #detach} was not. */
    public abstract boolean attached();

    /** Takes the socket out of this worker's loop, to be attached to another's. */
    public abstract void detach();

    /** Asks to be told when it can be read again; does nothing where the driver tells anyway. */
    public abstract void awaitRead();

    /** Asks to be told when it can be written again. */
    public abstract void awaitWrite();

    /** Ends our direction of the stream. */
    public abstract void shutdownOutput();

    /** Makes the close send a reset instead of an orderly end. */
    public abstract void resetOnClose();

    /** Whether {@link SocketOption#TCP_CORK} can be set: partial segments are held back until it is taken off. */
    public boolean corks() {
        return false;
    }

    /** @return false if the system refused it */
    public abstract boolean option(SocketOption option, int value);

    /** The other side's address, or null if the driver cannot tell. */
    public abstract @Nullable Address remoteAddress();

    /** Our own address as the system knows it. Asks the system. */
    public abstract @Nullable Address localAddress();

    /** Closes the socket and forgets its readiness. Once. */
    public abstract void close();
}
