package io.sluice.proxy;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.core.buffer.Slabs;
import io.sluice.core.variable.BytesSink;
import io.sluice.http.parse.HeaderTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of a peer's head that variables name, copied into the request's memory: they are asked for when the body has long taken the
 * place of the head. Used again for each request.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class KeptHeaders {
    /** Where a value ends that is not there. */
    private static final int NONE = -1;

    private static final int[] NOTHING_WANTED = {};

    private final WantedHeaders wanted;
    private final BytesSink sink;

    /** Of each wanted value, where it ends; it begins where the one before it that is there ends. */
    private int[] ends = NOTHING_WANTED;

    private boolean some;
    private @Nullable Buf buf;

    /** @param sink for bytes between two statements */
    KeptHeaders(WantedHeaders wanted, BytesSink sink) {
        this.wanted = wanted;
        this.sink = sink;
    }

    /** Nothing of the former request's memory may be asked for. */
    void reset() {
        some = false;
        buf = null;
    }

    /** The head that was kept is none any more. */
    void forget() {
        some = false;
    }

    /** Copies what is wanted of a head, into memory of the request. */
    void keep(HeaderTable headers, Buf in, Pool pool) {
        int count = wanted.size();
        if (count == 0) {
            return;
        }
        if (ends.length < count) {
            ends = new int[count];
        }
        Arrays.fill(ends, NONE);
        sink.reset();
        for (int i = 0; i < count; i++) {
            int before = sink.count();
            WantedHeaders.Wanted each = wanted.get(i);
            boolean there = each.cookie()
                    ? AnswerHeaders.cookie(headers, in, each.name(), sink)
                    : AnswerHeaders.header(headers, in, each.name(), sink);
            // Only heads of 64 KB that are wanted twice do not fit a block.
            if (there && sink.count() <= Slabs.LARGEST_BLOCK) {
                ends[i] = sink.count();
            } else {
                sink.truncate(before);
            }
        }
        some = true;
        if (sink.count() > 0) {
            room(pool, sink.count()).put(sink.array(), 0, sink.count());
        }
    }

    private Buf room(Pool pool, int bytes) {
        Buf known = buf;
        if (known != null && known.end() - known.start() >= bytes) {
            return known.clear();
        }
        Buf taken = pool.take(bytes);
        buf = taken;
        return taken;
    }

    /**
     * Appends a value.
     *
     * @param index of {@link WantedHeaders#add}
     * @return whether the head had it
     */
    boolean write(int index, BytesSink out) {
        if (!some || index >= ends.length || ends[index] == NONE) {
            return false;
        }
        int from = 0;
        for (int i = index - 1; i >= 0 && from == 0; i--) {
            from = Math.max(from, ends[i]);
        }
        Buf in = buf;
        if (in != null) {
            out.put(in, in.start() + from, ends[index] - from);
        }
        return true;
    }
}
