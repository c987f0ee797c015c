package io.sluice.http;

import io.sluice.core.buffer.Chain;
import org.jspecify.annotations.Nullable;

/**
 * A link of the output filter chain: sees each response's header and each piece of its body on their way to the client. One instance
 * per worker.
 *
 * <p>A filter never holds a Buf without setting its buffered bit, always passes marks (flush, last) on, and emits no empty Buf
 * without a mark.
 *
 * <p><b>Thread:</b> the worker's.
 */
public abstract class HttpFilter {
    private final @Nullable HttpFilter next;

    /** @param next the filter below, null only for the one that writes */
    protected HttpFilter(@Nullable HttpFilter next) {
        this.next = next;
    }

    /** Sees the response's status and headers before they are sent, and may change them. */
    public FilterResult header(HttpRequest request) {
        return below().header(request);
    }

    /** Sees a piece of the body; null pushes on what filters below hold. */
    public FilterResult body(HttpRequest request, @Nullable Chain in) {
        return below().body(request, in);
    }

    /** The filter below. */
    protected final HttpFilter below() {
        HttpFilter filter = next;
        if (filter == null) {
            throw new IllegalStateException("nothing is below the write filter");
        }
        return filter;
    }
}
