package io.sluice.stream;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.core.log.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a client, read before its content handler is asked (ngx_stream_core_preread_phase), in a buffer and a time of their
 * own.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Preread {
    private @Nullable Pool pool;
    private @Nullable Buf buf;
    private boolean timed;

    /** What was read and not used, or null. */
    @Nullable
    Buf unread() {
        return buf;
    }

    /**
     * A handler wants more bytes.
     *
     * @return whether there are more; if not, the session waits, or has ended
     */
    boolean more(StreamSession session) {
        ServerConf server = session.listen().server();
        Connection c = session.connection();
        session.enter(StreamSession.State.PREREADING);
        if (!timed) {
            // For all of it, not for each piece.
            timed = true;
            c.readTimeout(server.prereadMillis());
        }
        if (!session.memory().reserve(server.prereadBytes())) {
            return false;
        }
        Buf into = buffer(session, server);
        if (into.last() - into.start() >= server.prereadBytes()) {
            c.log().log(LogLevel.ERR, c, "preread buffer full");
            session.end(StreamSession.BAD_REQUEST);
            return false;
        }
        return read(session, c, into, server.prereadBytes());
    }

    private boolean read(StreamSession session, Connection c, Buf into, int most) {
        if (!c.readReady()) {
            return false;
        }
        Pool from = pool;
        if (from == null) {
            throw new IllegalStateException("a buffer without a pool");
        }
        // A block may be larger than what was asked for.
        Buf room = from.room(into, Math.min(into.room(), most - (into.last() - into.start())));
        int n = c.recv(room);
        if (n > 0) {
            from.filled(into, n);
            from.free(room);
            return true;
        }
        from.free(room);
        if (n != Io.AGAIN) {
            session.end(StreamSession.OK);
        }
        return false;
    }

    /** Keeps the datagram with which a session began, for as long as a handler has parked. */
    void keep(StreamSession session) {
        ServerConf server = session.listen().server();
        Connection c = session.connection();
        if (c.readReady() && session.memory().reserve(server.prereadBytes())) {
            if (read(session, c, buffer(session, server), server.prereadBytes())) {
                c.putBack(buffer(session, server));
            }
            end();
            session.memory().release();
        }
    }

    private Buf buffer(StreamSession session, ServerConf server) {
        Buf made = buf;
        if (made == null) {
            Pool from = pool;
            if (from == null) {
                from = session.worker().context().pool();
                pool = from;
            }
            made = from.take(server.prereadBytes());
            buf = made;
        }
        return made;
    }

    /** No handler wants more. */
    void settled(StreamSession session) {
        if (timed) {
            timed = false;
            session.connection().clearReadTimeout();
        }
        Buf read = buf;
        if (read != null) {
            // Whoever has the session next reads them as if nobody had.
            session.connection().putBack(read);
            end();
            session.memory().release();
        }
    }

    /** Nothing of it is needed any more. */
    void end() {
        buf = null;
        Pool from = pool;
        if (from != null) {
            from.end();
        }
    }
}
