package io.sluice.stream.proxy;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionIo;
import io.sluice.core.connection.Io;
import io.sluice.stream.StreamSession;
import org.jspecify.annotations.Nullable;

/**
 * A direction of datagrams: each is passed on as it came, also one without bytes. What comes while the buffer is full, or while the
 * source is slowed down, is lost, as datagrams are.
 */
final class DatagramFlow extends Flow {
    /** The largest there is: a shorter buffer would cut it. */
    private static final int LARGEST = 65_536;

    private @Nullable Buf buf;
    private @Nullable Chain out;
    private @Nullable Chain last;
    private boolean failed;

    DatagramFlow(Pool pool, StreamSession session, Pace pace) {
        super(pool, session, LARGEST, pace);
    }

    /** What one session needs for both directions. */
    static int sessionBytes() {
        return 2 * LARGEST;
    }

    /** The source has said that its datagrams do not arrive. */
    boolean hasFailed() {
        return failed;
    }

    @Override
    boolean holdsMemory() {
        return buf != null;
    }

    @Override
    boolean holdsBytes() {
        return out != null;
    }

    @Override
    Moved move() {
        Connection from = source();
        for (int reads = 0; ; reads++) {
            if (!send()) {
                return Moved.FAILED;
            }
            boolean mustWait = out != null && destination() != null;
            if (mustWait || from == null || isEnded() || isDelayed() || !from.readReady()) {
                return Moved.WAITS;
            }
            if (reads == READS) {
                from.postReadNext();
                return Moved.WAITS;
            }
            if (pace.allowance(received()) == 0) {
                delay(from, pace.deficitMillis(received()));
                return Moved.WAITS;
            }
            Buf into = buffer();
            if (into == null) {
                return Moved.NO_MEMORY;
            }
            if (into.room() == 0 || !read(from, into)) {
                return Moved.WAITS;
            }
        }
    }

    /** Answers whether to go on. */
    private boolean read(Connection from, Buf into) {
        int most = into.room();
        Buf room = pool.room(into, most);
        int n = from.recv(room);
        if (n < 0 && n != Io.EMPTY_DATAGRAM) {
            pool.free(room);
            failed = n == Io.ERROR;
            if (failed) {
                end();
            }
            closeIfEmpty();
            return false;
        }
        int bytes = Math.max(n, 0);
        if (bytes == most && most < LARGEST) {
            // It may have been longer: half a datagram is worse than none.
            pool.free(room);
            return true;
        }
        pool.filled(into, bytes);
        append(pool.link(room.flush(true)));
        count(bytes);
        long millis = pace.delayMillis(bytes);
        if (millis > 0) {
            delay(from, millis);
        }
        return true;
    }

    private void append(Chain link) {
        Chain tail = last;
        if (tail == null) {
            out = link;
        } else {
            tail.next(link);
        }
        last = link;
    }

    /** Answers whether the destination is still good. */
    private boolean send() {
        Connection to = destination();
        Chain waiting = out;
        if (to == null || waiting == null) {
            return true;
        }
        Chain rest = to.writeReady() ? to.sendChain(waiting, ConnectionIo.UNLIMITED) : waiting;
        if (rest == Chain.ERROR) {
            return false;
        }
        out = rest;
        waits(to, rest != null);
        if (rest == null) {
            free(waiting);
            close();
        }
        return true;
    }

    private void free(Chain sent) {
        for (Chain link = sent; link != null; ) {
            Chain next = link.next();
            pool.free(link);
            link = next;
        }
    }

    private void closeIfEmpty() {
        if (out == null) {
            close();
        }
    }

    private @Nullable Buf buffer() {
        Buf made = buf;
        if (made == null && reserve()) {
            made = pool.take(LARGEST);
            buf = made;
        }
        return made;
    }

    @Override
    void close() {
        if (buf != null) {
            buf = null;
            out = null;
            last = null;
            pool.end();
        }
    }
}
