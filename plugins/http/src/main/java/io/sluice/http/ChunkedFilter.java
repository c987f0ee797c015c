package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Constant;
import io.sluice.core.buffer.Pool;
import io.sluice.http.parse.Digits;
import io.sluice.http.parse.Method;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Frames a body whose length is not known beforehand: chunks for HTTP/1.1, the end of the connection for HTTP/1.0
 * (ngx_http_chunked_filter_module.c).
 */
final class ChunkedFilter extends HttpFilter {
    private static final Constant END_OF_CHUNK = Constant.of("\r\n".getBytes(StandardCharsets.US_ASCII));
    private static final Constant LAST_CHUNK = Constant.of("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    private static final Constant END_AND_LAST = Constant.of("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    /** 16 digits and CRLF. */
    private static final int SIZE_LINE = 18;

    private final HttpWorker worker;

    ChunkedFilter(HttpWorker worker, @Nullable HttpFilter next) {
        super(next);
        this.worker = worker;
    }

    @Override
    public FilterResult header(HttpRequest request) {
        RequestState r = request.state();
        boolean empty = r.method() == Method.HEAD || r.status == 204 || r.status == 304 || r.status < 200;
        if (r.isMain() && (r.contentLength < 0 || r.expectsTrailers) && !r.headerOnly && !empty) {
            if (request.http11()) {
                r.chunked = true;
                // What has trailers has chunks, and no length beside them.
                r.contentLength = -1;
            } else if (r.contentLength < 0) {
                r.keepAlive = false;
            }
        }
        return below().header(request);
    }

    @Override
    public FilterResult body(HttpRequest request, @Nullable Chain in) {
        RequestState r = request.state();
        if (in == null || !r.chunked || r.headerOnly) {
            return below().body(request, in);
        }
        long size = Chain.size(in);
        Chain last = Chain.last(in);
        boolean end = last.buf().lastBuf();
        Pool pool = request.pool();
        if (size == 0) {
            if (end) {
                last.next(pool.link(end(r, pool, LAST_CHUNK, false)));
                last.buf().lastBuf(false);
                return below().body(request, withoutMarkOnly(pool, in));
            }
            return below().body(request, in);
        }
        if (end) {
            last.buf().lastBuf(false);
            last.next(pool.link(end(r, pool, END_AND_LAST, true)));
        } else {
            Buf crlf = constant(pool, END_OF_CHUNK);
            crlf.flush(last.buf().flush());
            last.next(pool.link(crlf));
        }
        Chain first = pool.link(sizeLine(r, pool, size));
        first.next(in);
        return below().body(request, first);
    }

    /** Marks that say nothing any more would be empty Bufs. */
    private static Chain withoutMarkOnly(Pool pool, Chain in) {
        Chain link = in;
        for (Chain next = link.next(); next != null && link.buf().size() == 0; next = link.next()) {
            pool.free(link);
            link = next;
        }
        return link;
    }

    /** Size lines lie in one block that is used again once all output is sent. */
    private Buf sizeLine(RequestState r, Pool pool, long size) {
        Buf block = r.chunkLines;
        if (block == null || block.room() < SIZE_LINE) {
            if (block != null && r.out == null) {
                block.clear();
            } else {
                block = pool.take(256);
                r.chunkLines = block;
            }
        }
        byte[] scratch = worker.scratch();
        int end = Digits.hex(size, scratch, 0);
        scratch[end++] = '\r';
        scratch[end++] = '\n';
        int from = block.last();
        block.put(scratch, 0, end);
        Buf line = pool.view(block, from, from + end);
        line.tag(WriteFilter.TRANSIENT);
        return line;
    }

    /** The last chunk, with the trailers before its empty line. */
    private static Buf end(RequestState r, Pool pool, Constant without, boolean behindChunk) {
        if (!r.hasTrailers()) {
            return constant(pool, without).lastBuf(true).lastInChain(true);
        }
        OutHeaders trailers = r.trailers();
        Buf end = pool.take(without.size() + trailers.bytes());
        if (behindChunk) {
            end.put(HeaderNames.LINE_END);
        }
        end.put((byte) '0');
        end.put(HeaderNames.LINE_END);
        trailers.write(end, HeaderNames.COLON_SPACE, HeaderNames.LINE_END);
        end.put(HeaderNames.LINE_END);
        return end.lastBuf(true).lastInChain(true);
    }

    private static Buf constant(Pool pool, Constant bytes) {
        Buf buf = pool.view(bytes);
        buf.tag(WriteFilter.TRANSIENT);
        return buf;
    }
}
