package io.sluice.stream.proxy;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.stream.StreamSession;
import org.jspecify.annotations.Nullable;

/** A direction of a stream of bytes. While its bytes wait nothing is read, so a slow destination slows its source down. */
final class ByteFlow extends Flow {
    private final int bulkBytes;
    private @Nullable Buf buf;

    /** The last read filled its buffer: with a larger one there are fewer calls to the system. */
    private boolean bulk;

    /** @param bulkBytes of the buffer of who sends as fast as it can */
    ByteFlow(Pool pool, StreamSession session, int bufferBytes, int bulkBytes, Pace pace) {
        super(pool, session, bufferBytes, pace);
        this.bulkBytes = bulkBytes;
    }

    @Override
    boolean holdsMemory() {
        return buf != null;
    }

    @Override
    boolean holdsBytes() {
        Buf held = buf;
        return held != null && held.size() > 0;
    }

    @Override
    Moved move() {
        Connection from = source();
        for (int reads = 0; ; reads++) {
            if (!send()) {
                return Moved.FAILED;
            }
            if (mustWait() || from == null || isEnded() || isDelayed() || !from.readReady()) {
                break;
            }
            if (reads == READS) {
                from.postReadNext();
                break;
            }
            int allowed = pace.allowance(received());
            if (allowed == 0) {
                delay(from, pace.deficitMillis(received()));
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

    /** Whether nothing can be read before the destination has taken more. Without one yet the buffer is filled. */
    private boolean mustWait() {
        Buf held = buf;
        return held != null && held.size() > 0 && (destination() != null || held.room() == 0);
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
            count(n);
            bulk = n >= bufferBytes();
            long millis = pace.delayMillis(n);
            if (millis > 0) {
                delay(from, millis);
            }
            return true;
        }
        if (n != Io.AGAIN) {
            end();
        }
        return false;
    }

    /** Answers whether the destination is still good. */
    private boolean send() {
        Connection to = destination();
        Buf held = buf;
        if (to == null || held == null || held.size() == 0) {
            return true;
        }
        while (held.size() > 0) {
            if (!to.writeReady()) {
                waits(to, true);
                return true;
            }
            if (to.send(held) == Io.ERROR) {
                return false;
            }
        }
        held.clear();
        waits(to, false);
        return true;
    }

    private @Nullable Buf buffer() {
        Buf made = buf;
        if (made == null) {
            return reserve() ? take(bufferBytes()) : null;
        }
        boolean larger = bulk && made.size() == 0 && made.end() - made.start() < bulkBytes && grow(bulkBytes);
        if (larger) {
            pool.end();
            return take(bulkBytes);
        }
        return made;
    }

    private Buf take(int bytes) {
        Buf made = pool.take(bytes);
        buf = made;
        return made;
    }

    private void giveBackIfEmpty() {
        Buf held = buf;
        if (held != null && held.size() == 0) {
            close();
        }
    }

    @Override
    void close() {
        buf = null;
        pool.end();
    }
}
