package io.sluice.core.connection;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import org.jspecify.annotations.Nullable;

/**
 * The four replaceable operations of a connection ({@code recv, recv_chain, send, send_chain} of ngx_connection_t). A plugin
 * that changes the bytes on the wire (TLS) puts its own object before the one it found and takes it away again.
 *
 * <p>They keep the {@code ready} flags of the two events, count {@link Connection#sent()}, and log a failure at the level that the
 * connection's {@link Connection#errorLevel()} asks for.
 */
public interface ConnectionIo {
    /** No limit to what one send may take. */
    long UNLIMITED = Long.MAX_VALUE;

    /**
     * Reads into the room of a Buf. Of datagrams it takes one; bytes of it for which there is no room are lost, as with nginx.
     *
     * @return bytes read, at least one; or {@link Io#END}, {@link Io#AGAIN}, {@link Io#ERROR}, and of datagrams {@link
     *     Io#EMPTY_DATAGRAM}
     * @throws IllegalArgumentException if the Buf has no room, because then the end could not be told from nothing read
     */
    int recv(Connection c, Buf into);

    /** Reads into the room of several Bufs with one system call where the driver has one. Answers as {@link #recv}. */
    long recvChain(Connection c, Chain into, long limit);

    /**
     * Writes unread bytes of a Buf and moves its position on. Where datagrams are sent it is one, with all of the bytes.
     *
     * @return bytes written, at least one unless it was a datagram without any; or {@link Io#AGAIN}, {@link Io#ERROR}
     */
    int send(Connection c, Buf from);

    /**
     * Writes a chain, positions moved on, at most {@code limit} bytes. Where datagrams are sent each goes up to a Buf with a flush or last
     * mark, that Buf included, and may be without bytes; what no such mark follows is not sent yet, and the limit stops between two.
     *
     * @return null when all was sent, {@link Chain#ERROR}, or the first link that was not wholly sent
     */
    @Nullable
    Chain sendChain(Connection c, Chain from, long limit);

    /**
     * The connection has ended: gives back what these operations hold, then tells those in whose place they stand. Nothing can be sent
     * any more.
     */
    default void closed(Connection c) {}
}
