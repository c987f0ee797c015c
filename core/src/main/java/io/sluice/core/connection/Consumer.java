package io.sluice.core.connection;

import io.sluice.core.buffer.Buf;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin does with connections whose data slot it has claimed. One instance per worker and cycle, so its fields need no lock.
 * Whatever a method throws ends that connection only.
 *
 * <p>After {@link Connection#close} returns, the connection may not be touched any more.
 *
 * @param <S> what it keeps per connection: the session
 */
public interface Consumer<S> {
    /** A client connected. The returned session is claimed as the connection's data. */
    default S accepted(Connection c) {
        throw new IllegalStateException("this consumer takes no accepted connections");
    }

    /** There may be bytes, the end of the stream, or an error: recv until it answers AGAIN or the session has enough. */
    void readable(S session);

    /** Bytes can be sent again after a send answered AGAIN. For a consumer whose one method moves both ways that is {@link #readable}. */
    default void writable(S session) {
        readable(session);
    }

    /** A connection made by this consumer is established. */
    default void connected(S session) {}

    /** A connection made by this consumer could not be established. It still has to be closed. */
    default void connectFailed(S session) {}

    /** A timer of the connection expired. */
    default void timedOut(S session, Connection c, Direction direction) {
        c.close(CloseReason.TIMED_OUT);
    }

    /** The connection is idle or reusable and its slot is wanted, or the server stops: close it, or make it not reusable. */
    default void closeRequested(S session, Connection c, CloseReason why) {
        c.close(why);
    }

    /** Another consumer handed its connection to this one, with bytes it had read and not used. */
    default S handedOver(Connection c, @Nullable Buf unread) {
        throw new IllegalStateException("this consumer takes no connections from others");
    }

    /** The same plugin's instance of the next cycle takes over an idle session. */
    default S adopted(S session, Connection c) {
        return session;
    }

    /** The connection ends. Called exactly once; the connection can still be asked who it was. */
    default void closed(S session, CloseReason why) {}
}
