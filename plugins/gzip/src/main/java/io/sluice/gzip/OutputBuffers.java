package io.sluice.gzip;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The Bufs into which one response is compressed, so many and no more, and the chain of those that are full. They are used again once all
 * that were passed on have been sent: which of them the filters below are done with before that cannot be known.
 *
 * <p><b>Thread:</b> the worker's. Used again for each response of a client.
 */
final class OutputBuffers {
    /** A Buf with less room counts as full: zlib repeats the mark of a flush that did not fit, and the trailer goes into one piece. */
    private static final int LEAST_ROOM = 16;

    private final HttpRequest request;

    /** The first {@link #used} are below, on their way, but for the last of them while it is being filled. */
    private @Nullable Buf[] bufs = new Buf[0];

    private int most;
    private int bytes;
    private int used;
    private @Nullable Buf filling;
    private @Nullable Chain first;
    private @Nullable Chain last;

    OutputBuffers(HttpRequest request) {
        this.request = request;
    }

    /** What so many Bufs of a size take of the worker's memory, which comes in powers of two. */
    static int memory(int number, int bytes) {
        return number * Integer.highestOneBit(2 * bytes - 1);
    }

    void begin(int number, int size) {
        most = number;
        bytes = size;
        if (bufs.length < number) {
            bufs = new Buf[number];
        }
    }

    /** A Buf with room: the one that is being filled, or the next; null if the client has to take some first. */
    @Nullable
    Buf room() {
        Buf current = filling;
        if (current != null) {
            if (current.room() >= LEAST_ROOM) {
                return current;
            }
            emit(current);
        }
        if (used == most) {
            return null;
        }
        Buf next = bufs[used];
        if (next == null || next.size() > 0) {
            // The first time; or a filter below said that it has sent what it still holds: that Buf is left to it.
            next = request.pool().take(bytes);
            bufs[used] = next;
        } else {
            next.clear().flush(false).recycled(false).lastBuf(false).lastInChain(false);
        }
        used++;
        filling = next;
        return next;
    }

    /** Puts the Buf that was being filled at the end of what goes below, which is not to hold it back: we wait for its memory. */
    void emit(Buf full) {
        filling = null;
        add(request.pool().link(full.recycled(true)));
    }

    /** Marks that all up to here is to be sent. */
    void flush() {
        Chain end = last;
        if (end != null) {
            end.buf().flush(true);
        } else {
            add(request.flushing());
        }
    }

    private void add(Chain link) {
        Chain end = last;
        if (end == null) {
            first = link;
        } else {
            end.next(link);
        }
        last = link;
    }

    /** What goes below now; null for nothing. */
    @Nullable
    Chain take() {
        Chain taken = first;
        first = null;
        last = null;
        return taken;
    }

    /** All that was passed on has been sent: the Bufs can be used again, but for the one that is being filled. */
    void sent() {
        Buf unfinished = filling;
        if (unfinished == null) {
            used = 0;
            return;
        }
        bufs[used - 1] = bufs[0];
        bufs[0] = unfinished;
        used = 1;
    }

    /** The request is over, and the memory of its Bufs with it. */
    void end() {
        used = 0;
        filling = null;
        first = null;
        last = null;
        for (int i = 0; i < bufs.length; i++) {
            bufs[i] = null;
        }
    }
}
