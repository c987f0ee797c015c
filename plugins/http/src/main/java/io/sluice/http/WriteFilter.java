package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.BufferedBit;
import io.sluice.core.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The last filter: collects small output, sends it, and holds what the socket does not take, with the bit http-write set
 * (ngx_http_write_filter_module.c).
 */
final class WriteFilter extends HttpFilter {
    /** Tag of handles that nobody needs after they were sent: views made for one piece of output. */
    static final Object TRANSIENT = new Object();

    private final BufferedBit writeBit;

    WriteFilter(BufferedBit writeBit) {
        super(null);
        this.writeBit = writeBit;
    }

    @Override
    public FilterResult header(HttpRequest request) {
        return FilterResult.DONE;
    }

    @Override
    public FilterResult body(HttpRequest request, @Nullable Chain in) {
        RequestState r = request.state();
        Connection c = request.connection();
        if (c.hasError()) {
            return FilterResult.ERROR;
        }
        append(r, in);
        Chain out = r.out;
        long size = 0;
        boolean push = in == null;
        boolean last = false;
        for (Chain link = out; link != null; link = link.next()) {
            Buf buf = link.buf();
            size += buf.size();
            push |= buf.flush() || buf.recycled();
            last |= buf.lastBuf();
        }
        r.lastSent |= last;
        if (!last && !push && size < r.postponeBytes()) {
            return FilterResult.DONE;
        }
        if (r.delayed) {
            c.buffer(writeBit);
            return FilterResult.AGAIN;
        }
        Pool pool = request.pool();
        if (size == 0 && (c.buffered() & BufferedBit.LOW_LEVEL) == 0) {
            free(pool, out, null);
            r.out = null;
            c.unbuffer(writeBit);
            return FilterResult.DONE;
        }
        if (out == null) {
            // What is held below is pushed on: whoever holds it goes on when it is given something.
            Buf mark = pool.mark();
            mark.tag(TRANSIENT);
            out = pool.link(mark);
        }
        long rate = rate(request, r);
        long most = r.mostPerSend();
        if (rate > 0) {
            long allowed = allowance(request, r, rate);
            if (allowed <= 0) {
                delay(c, r, -allowed * 1000 / rate + 1);
                c.buffer(writeBit);
                return FilterResult.AGAIN;
            }
            most = Math.min(most, allowed);
        }
        coalesce(out);
        long sentBefore = c.sent();
        Chain rest = c.sendChain(out, most);
        if (rest == Chain.ERROR) {
            c.setError();
            return FilterResult.ERROR;
        }
        if (rate > 0) {
            delay(c, r, RateLimit.pauseMillis(rate, r.limitRateAfter, sentBefore, c.sent()));
        }
        free(pool, out, rest);
        r.out = rest;
        if (rest != null) {
            c.buffer(writeBit);
            if (c.writeReady() && !r.delayed) {
                // It takes more, but others wait: go on in the next turn.
                c.postWriteNext();
            }
            return FilterResult.AGAIN;
        }
        c.unbuffer(writeBit);
        return (c.buffered() & BufferedBit.LOW_LEVEL) != 0 ? FilterResult.AGAIN : FilterResult.DONE;
    }

    /** Looked up once for each request: a variable may stand there. */
    private static long rate(HttpRequest request, RequestState r) {
        if (r.limitRate < 0) {
            r.limitRate = r.location().rate().bytesPerSecond(request);
        }
        return r.limitRate;
    }

    private static long allowance(HttpRequest request, RequestState r, long rate) {
        if (r.limitRateAfter < 0) {
            r.limitRateAfter = r.location().rate().afterBytes(request);
        }
        long elapsedNanos = request.owner().worker().time().nanos() - r.startNanos;
        return RateLimit.allowance(
                rate, r.limitRateAfter, elapsedNanos, request.connection().sent());
    }

    private static void delay(Connection c, RequestState r, long millis) {
        if (millis > 0) {
            r.delayed = true;
            c.writeTimeout(millis);
        }
    }

    private static void append(RequestState r, @Nullable Chain in) {
        Chain out = r.out;
        if (in == null) {
            return;
        }
        if (out == null) {
            r.out = in;
        } else {
            Chain.last(out).next(in);
        }
    }

    /** Copies small pieces behind the first one where it has room: one send instead of a gathering one. */
    private static void coalesce(Chain out) {
        Buf first = out.buf();
        if (first.inFile() || out.next() == null) {
            return;
        }
        for (Chain link = out.next(); link != null; link = link.next()) {
            Buf buf = link.buf();
            if (buf.inFile() || buf.size() > first.room()) {
                return;
            }
            if (buf.size() > 0) {
                first.put(buf, buf.pos(), (int) buf.size());
                buf.advance(buf.size());
            }
        }
    }

    private static void free(Pool pool, @Nullable Chain from, @Nullable Chain to) {
        for (Chain link = from; link != null && link != to; ) {
            Chain next = link.next();
            free(pool, link);
            link = next;
        }
    }

    /** The end of a link whose Buf is used up. */
    static void free(Pool pool, Chain link) {
        Buf buf = link.buf();
        pool.free(link);
        if (buf.tag() == TRANSIENT) {
            pool.free(buf);
        }
    }
}
