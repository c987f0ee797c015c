package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Connection;
import io.sluice.core.log.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the output of a request and its subrequests in the order of the page (ngx_http_postpone_filter_module.c): one of them at a time
 * may write, what the others have waits in their lists. Whoever waits is told AGAIN, so that nothing is read ahead for it.
 */
final class PostponeFilter extends HttpFilter {
    static final String NAME = "postpone";

    PostponeFilter(HttpFilter next) {
        super(next);
    }

    @Override
    public FilterResult body(HttpRequest request, @Nullable Chain in) {
        RequestState r = request.state();
        RequestState main = r.main();
        if (r == main && r.active == r && r.postponed == null && !r.headerOnly) {
            return below().body(request, in);
        }
        if (r.collectedBytes > 0) {
            return in == null || collected(request, r, in) ? FilterResult.DONE : FilterResult.ERROR;
        }
        Chain output = in == null ? null : visible(request, r, main.headerOnly, in);
        boolean turn = main.active == r && main.headerSent;
        if (output != null && !(turn && r.postponed == null)) {
            r.postpone(new Postponed(output));
            output = null;
        }
        if (!turn) {
            return FilterResult.AGAIN;
        }
        HttpRequest whole = main.handle();
        FilterResult result = FilterResult.DONE;
        for (Postponed first = r.postponed; first != null; first = r.postponed) {
            RequestState subrequest = first.subrequest;
            if (subrequest != null) {
                main.active = subrequest;
                request.owner().post(subrequest);
                return FilterResult.AGAIN;
            }
            r.postponed = first.next;
            result = below().body(whole, first.chain);
            if (result == FilterResult.ERROR || !request.runs(r)) {
                return result;
            }
        }
        if (output != null || (in == null && request.connection().buffered() != 0)) {
            result = below().body(whole, output);
        }
        return result;
    }

    /** Keeps what a subrequest puts out, whosever turn it is. Answers false if that is too much. */
    private static boolean collected(HttpRequest request, RequestState r, Chain in) {
        for (Chain link = in; link != null; ) {
            Chain next = link.next();
            Buf buf = link.buf();
            int size = (int) buf.size();
            if (size > 0) {
                Buf all = r.collected;
                if (all == null) {
                    all = request.pool().take(r.collectedBytes);
                    r.collected = all;
                }
                if (size > r.collectedBytes - all.size()) {
                    Connection c = request.connection();
                    c.log().log(LogLevel.ERR, c, "a subrequest puts out more than subrequest-output-buffer-size");
                    c.setError();
                    return false;
                }
                all.put(buf, buf.pos(), size);
                buf.advance(size);
            }
            request.consumed(link);
            link = next;
        }
        return true;
    }

    /** A subrequest's end is not the page's, and of a HEAD request's page nothing is sent. Answers null if nothing is left. */
    private static @Nullable Chain visible(HttpRequest request, RequestState r, boolean headerOnly, Chain in) {
        if (r.isMain() && !headerOnly) {
            return in;
        }
        Chain first = null;
        Chain last = null;
        for (Chain link = in; link != null; ) {
            Chain next = link.next();
            Buf buf = link.buf();
            if (!r.isMain()) {
                buf.lastBuf(false);
            }
            if (headerOnly && buf.size() > 0) {
                buf.advance(buf.size());
            }
            if (buf.size() == 0 && !buf.flush() && !buf.lastBuf()) {
                request.consumed(link);
            } else {
                if (last == null) {
                    first = link;
                } else {
                    last.next(link);
                }
                last = link;
                link.next(null);
            }
            link = next;
        }
        return first;
    }
}
