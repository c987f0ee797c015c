package io.sluice.http.filter;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Pool;
import io.sluice.core.log.LogLevel;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpFilter;
import io.sluice.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Cuts out of a body the ranges that its client gets (ngx_http_range_body_filter_module). Nothing is copied: what is passed on are views
 * of the same memory and ranges of the same file. One range is cut out of a body as it comes; several, in any order, out of a body that
 * comes whole, because what has gone by cannot be had again.
 */
final class RangeBodyFilter extends HttpFilter {
    /** Blocks in which the heads of parts lie. */
    private static final int BLOCK_BYTES = 4096;

    RangeBodyFilter(HttpFilter next) {
        super(next);
    }

    @Override
    public FilterResult header(HttpRequest request) {
        // What was cut for the client's last request.
        RangeCut former = request.keptOrNull(RangeCut.KEY);
        if (former != null) {
            former.clear();
        }
        return below().header(request);
    }

    @Override
    public FilterResult body(HttpRequest request, @Nullable Chain in) {
        RangeCut cut = request.keptOrNull(RangeCut.KEY);
        if (in == null || cut == null || !cut.isActive()) {
            return below().body(request, in);
        }
        if (cut.ranges.count() == 1) {
            Chain part = part(request, cut, in);
            return part == null ? FilterResult.DONE : below().body(request, part);
        }
        if (Chain.size(in) == 0 && !cut.isDone()) {
            return below().body(request, in);
        }
        if (cut.isDone()) {
            request.discard(in);
            return FilterResult.DONE;
        }
        if (Chain.size(in) < cut.bodyBytes()) {
            request.connection()
                    .log()
                    .log(
                            LogLevel.ALERT,
                            request.connection(),
                            "several ranges cannot be cut out of a body that comes in pieces");
            request.connection().setError();
            return FilterResult.ERROR;
        }
        cut.complete();
        return below().body(request, parts(request, cut, in));
    }

    // ---- one range

    private static @Nullable Chain part(HttpRequest request, RangeCut cut, Chain in) {
        long start = cut.ranges.start(0);
        long end = cut.ranges.end(0);
        Chain first = null;
        Chain last = null;
        for (Chain link = in; link != null; ) {
            Chain next = link.next();
            link.next(null);
            Buf buf = link.buf();
            long size = buf.size();
            long from = cut.position();
            cut.moveOn(size);
            Chain kept = link;
            if (size > 0 && (from + size <= start || from >= end)) {
                buf.advance(size);
                kept = mark(request, link);
            } else if (size > 0) {
                trim(request, buf, start - from, end - from);
            }
            if (kept != null) {
                if (last == null) {
                    first = kept;
                } else {
                    last.next(kept);
                }
                last = kept;
            }
            link = next;
        }
        return first;
    }

    /** Keeps what lies between two positions of a Buf, which may lie before or behind it. */
    private static void trim(HttpRequest request, Buf buf, long from, long to) {
        long size = buf.size();
        if (to < size) {
            buf.shorten(to);
        }
        if (from > 0) {
            buf.advance(from);
        }
        if (to <= size) {
            buf.lastBuf(request.isMain()).lastInChain(true);
        }
    }

    /** What is left of a Buf of which nothing is sent: its marks, if it has any. */
    private static @Nullable Chain mark(HttpRequest request, Chain link) {
        Buf buf = link.buf();
        if (!buf.flush() && !buf.recycled() && !buf.lastBuf() && !buf.lastInChain()) {
            request.consumed(link);
            return null;
        }
        Pool pool = request.pool();
        Buf mark = pool.mark()
                .flush(buf.flush())
                .recycled(buf.recycled())
                .lastBuf(buf.lastBuf())
                .lastInChain(buf.lastInChain());
        request.consumed(link);
        return pool.link(mark);
    }

    // ---- several ranges

    private static Chain parts(HttpRequest request, RangeCut cut, Chain in) {
        Pool pool = request.pool();
        Buf shared = cut.shared(pool);
        Buf block = pool.take(Math.min(BLOCK_BYTES, cut.ranges.count() * RangeCut.PART_BYTES));
        // Never sent itself: the first link that is follows it.
        Chain head = pool.link(pool.mark());
        Chain last = head;
        for (int i = 0; i < cut.ranges.count(); i++) {
            if (block.room() < RangeCut.PART_BYTES) {
                block = pool.take(BLOCK_BYTES);
            }
            int from = block.last();
            cut.putPart(i, block);
            last = append(pool, last, pool.view(shared, shared.start(), shared.last()));
            last = append(pool, last, pool.view(block, from, block.last()));
            last = views(pool, last, in, cut.ranges.start(i), cut.ranges.end(i));
        }
        append(pool, last, cut.closing(pool).lastBuf(request.isMain()).lastInChain(true));
        request.discard(in);
        Chain first = head.next();
        if (first == null) {
            throw new IllegalStateException("no ranges");
        }
        return first;
    }

    private static Chain append(Pool pool, Chain last, Buf buf) {
        Chain link = pool.link(buf);
        last.next(link);
        return link;
    }

    /** Views of what a chain holds between two positions. */
    private static Chain views(Pool pool, Chain behind, Chain in, long start, long end) {
        Chain last = behind;
        long at = 0;
        for (Chain link = in; link != null && at < end; link = link.next()) {
            Buf buf = link.buf();
            long size = buf.size();
            long from = Math.max(start - at, 0);
            long to = Math.min(end - at, size);
            if (from < to) {
                Buf view = buf.inFile()
                        ? pool.file(buf.file(), buf.filePos() + from, buf.filePos() + to)
                        : pool.view(buf, buf.pos() + (int) from, buf.pos() + (int) to);
                last = append(pool, last, view);
            }
            at += size;
        }
        return last;
    }
}
