package io.sluice.stream.proxy;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.BufferedBit;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.stream.SessionMemory;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a session: reads from its source what its destination has taken the former of (one half of ngx_stream_proxy_process).
 * It holds a buffer only while there are bytes in it; while they wait nothing is read, so a slow destination slows its source down.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Flow {
    /** What a move came to. */
    enum Moved {
        /** The source has no more, the destination takes no more, or there is a delay: an event or a timer goes on. */
        WAITS,
        /** There is no memory: the session's listener will hear. */
        NO_MEMORY,
        /** The destination can take nothing any more. */
        FAILED
    }

    /** Reads in a row; then others have their turn, however fast both sides are. */
    private static final int READS = 64;

    private final Pool pool;
    private final SessionMemory memory;
    private final BufferedBit waiting;
    private final int bufferBytes;
    private final Pace pace;
    private @Nullable Connection source;
    private @Nullable Connection destination;
    private @Nullable Buf buf;

    /** Bytes that somebody else has read: they go first. */
    private @Nullable Buf first;

    private long received;
    private boolean ended;
    private boolean delayed;

    /** @param waiting set on the destination while bytes for it are here */
    Flow(Pool pool, SessionMemory memory, BufferedBit waiting, int bufferBytes, Pace pace) {
        this.pool = pool;
        this.memory = memory;
        this.waiting = waiting;
        this.bufferBytes = bufferBytes;
        this.pace = pace;
    }

    void from(@Nullable Connection connection) {
        source = connection;
    }

    /** @param connection null while there is none: what is read until then is kept */
    void to(@Nullable Connection connection) {
        destination = connection;
    }

    @Nullable
    Connection destination() {
        return destination;
    }

    void sendFirst(@Nullable Buf read) {
        first = read == null || read.size() == 0 ? null : read;
    }

    /** Bytes read from the source. */
    long received() {
        return received;
    }

    /** The source has ended its stream, or failed. */
    boolean isEnded() {
        return ended;
    }

    /** Nothing is read until a timer of the source has fired. */
    boolean isDelayed() {
        return delayed;
    }

    void delayOver() {
        delayed = false;
    }

    /** Bytes for the destination are here, or below it. */
    boolean isHolding() {
        Connection to = destination;
        return held() != null || (to != null && (to.buffered() & BufferedBit.LOW_LEVEL) != 0);
    }

    /** Whether memory is taken. */
    boolean holdsMemory() {
        return buf != null;
    }

    private @Nullable Buf held() {
        Buf read = first;
        if (read != null) {
            return read;
        }
        Buf own = buf;
        return own != null && own.size() > 0 ? own : null;
    }

    /** Moves what can be moved now. */
    Moved move() {
        Connection from = source;
        for (int reads = 0; ; reads++) {
            if (!send()) {
                return Moved.FAILED;
            }
            if (mustWait() || from == null || ended || delayed || !from.readReady()) {
                break;
            }
            if (reads == READS) {
                from.postReadNext();
                break;
            }
            int allowed = pace.allowance(received);
            if (allowed == 0) {
                delay(from, pace.deficitMillis(received));
                break;
            }
            Buf into = buffer();
            if (into == null) {
                return Moved.NO_MEMORY;
            }
            if (!read(from, into, allowed)) {
                break;
            }
        }
        giveBackIfEmpty();
        return Moved.WAITS;
    }

    /** Whether nothing can be read before the destination has taken more. */
    private boolean mustWait() {
        Buf waits = held();
        if (waits == null) {
            return false;
        }
        // Without a destination yet the buffer is filled.
        Buf own = buf;
        return destination != null || (own != null && own.room() == 0);
    }

    /** Answers whether to go on. */
    private boolean read(Connection from, Buf into, int allowed) {
        int n;
        if (allowed < into.room()) {
            Buf room = pool.room(into, allowed);
            n = from.recv(room);
            if (n > 0) {
                pool.filled(into, n);
            }
            pool.free(room);
        } else {
            n = from.recv(into);
        }
        if (n > 0) {
            received += n;
            long millis = pace.delayMillis(n);
            if (millis > 0) {
                delay(from, millis);
            }
            return true;
        }
        // An error was logged where it happened; for the other side it is the end.
        ended = n != Io.AGAIN;
        return false;
    }

    private void delay(Connection from, long millis) {
        delayed = true;
        from.readTimeout(millis);
    }

    /** Answers whether the destination is still good. */
    private boolean send() {
        Connection to = destination;
        Buf waits = held();
        while (to != null && waits != null) {
            if (!to.writeReady()) {
                return true;
            }
            if (to.send(waits) == Io.ERROR) {
                return false;
            }
            if (waits.size() > 0) {
                to.buffer(waiting);
                return true;
            }
            sent(to, waits);
            waits = held();
        }
        return true;
    }

    private void sent(Connection to, Buf all) {
        if (all == first) {
            first = null;
        } else {
            all.clear();
        }
        if (to.isBuffered(waiting)) {
            to.unbuffer(waiting);
        }
    }

    private @Nullable Buf buffer() {
        Buf made = buf;
        if (made == null) {
            if (!memory.reserve(2 * bufferBytes)) {
                return null;
            }
            made = pool.take(bufferBytes);
            buf = made;
        }
        return made;
    }

    private void giveBackIfEmpty() {
        Buf own = buf;
        if (own != null && own.size() == 0) {
            buf = null;
            pool.end();
        }
    }

    /** Nothing is moved any more. */
    void end() {
        buf = null;
        first = null;
        pool.end();
    }
}
