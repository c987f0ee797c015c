package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Constant;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.buffer.Pool;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The part of a request's handle that sends its answer: gives header and body to the filters, in pieces or as a whole. */
abstract class SendingRequest extends AnsweredRequest {
    SendingRequest(HttpConnection connection) {
        super(connection);
    }

    /** Gives the header to the filters. Once. */
    public final FilterResult sendHeader() {
        RequestState r = state();
        if (r.headerSent) {
            throw new IllegalStateException("the header of this response was sent before");
        }
        if (r.errorStatus != 0) {
            r.status = r.errorStatus;
        }
        if (!r.bodyDone && r.listener == null && !discardBody()) {
            if (!runs(r)) {
                return FilterResult.ERROR;
            }
            r.keepAlive = false;
        }
        FilterResult result = headerToFilters(r);
        if (r.isMain() && runs(r) && r.active != null && r.active != r) {
            // Its subrequests may have waited for it.
            owner().post(r.active);
        }
        return result;
    }

    private FilterResult headerToFilters(RequestState r) {
        r.addLasting();
        return owner().worker().filters().header(handle());
    }

    /** Gives a piece of the body to the filters. What they could not send they hold; the listener hears when it is gone. */
    public final FilterResult output(Chain chain) {
        RequestState r = state();
        // A filter may hold the mark for a while: who gives the output has said it all the same.
        Buf last = Chain.last(chain).buf();
        r.lastSent |= last.lastBuf() || (last.lastInChain() && !r.isMain());
        if (r.headerOnly) {
            discard(chain);
            return FilterResult.DONE;
        }
        FilterResult result = owner().worker().filters().body(handle(), chain);
        if (result == FilterResult.AGAIN && runs(r)) {
            owner().awaitSocket(r);
        }
        return result;
    }

    /** A link for {@link #output} with bytes of a Buf that stay as they are until the output is sent. */
    public final Chain piece(Buf of, int from, int to, boolean last) {
        Pool pool = pool();
        Buf view = pool.view(of, from, to);
        view.tag(WriteFilter.TRANSIENT);
        return pool.link(view.lastBuf(last).lastInChain(last));
    }

    /** As {@link #piece(Buf, int, int, boolean)} with bytes of a file, which stays open until the output is sent. */
    public final Chain piece(OpenFile file, long from, long to, boolean last) {
        Pool pool = pool();
        Buf part = pool.file(file, from, to);
        part.tag(WriteFilter.TRANSIENT);
        return pool.link(part.lastBuf(last).lastInChain(last));
    }

    /** A link for {@link #output} that sends what is held back. */
    public final Chain flushing() {
        Pool pool = pool();
        Buf mark = pool.mark().flush(true);
        mark.tag(WriteFilter.TRANSIENT);
        return pool.link(mark);
    }

    /**
     * Takes back a link whose Buf a filter has used up, with the Buf's handle if it was made by {@link #piece} or {@link #flushing}. For
     * filters that do not pass on what they are given.
     */
    public final void consumed(Chain link) {
        WriteFilter.free(pool(), link);
    }

    /** Throws away output that is not to be sent. */
    public final void discard(Chain chain) {
        Pool pool = pool();
        for (Chain link = chain; link != null; ) {
            Chain next = link.next();
            Buf buf = link.buf();
            buf.advance(buf.size());
            WriteFilter.free(pool, link);
            link = next;
        }
    }

    /** Says that the body is complete. */
    public final FilterResult sendLast() {
        Pool pool = pool();
        return output(pool.link(pool.mark().lastBuf(true).lastInChain(true)));
    }

    /** Answers with a whole body. */
    public final Outcome respond(int status, byte @Nullable [] type, Constant text) {
        RequestState r = announce(status, type, text.size());
        r.answered = true;
        if (sendHeader() != FilterResult.ERROR && runs(r) && !r.headerOnly) {
            outputWhole(text);
        }
        return Outcome.DONE;
    }

    /** Answers with a short text of a type. */
    public final Outcome respond(int status, byte[] type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        RequestState r = announce(status, type, bytes.length);
        r.answered = true;
        if (sendHeader() != FilterResult.ERROR && runs(r) && !r.headerOnly) {
            outputBytes(bytes);
        }
        return Outcome.DONE;
    }

    /** Answers with a short text. For bodies that are always the same, {@link #respond(int, byte[], Constant)} makes no garbage. */
    public final Outcome respond(int status, String text) {
        return respond(status, HeaderNames.TEXT_PLAIN, text);
    }

    /** What an answer with a whole body says in its head. */
    private RequestState announce(int status, byte @Nullable [] type, int bytes) {
        RequestState r = state();
        r.status = status;
        r.contentLength = bytes;
        if (bytes == 0 || type != null) {
            contentType(bytes == 0 ? null : type);
        }
        return r;
    }

    private FilterResult outputWhole(Constant text) {
        Pool pool = pool();
        Buf buf = text.size() == 0 ? pool.mark() : pool.view(text);
        return output(pool.link(buf.lastBuf(true).lastInChain(true)));
    }

    private void outputBytes(byte[] bytes) {
        Pool pool = pool();
        Chain first = null;
        Chain last = null;
        for (int at = 0; at < bytes.length; at += HeaderNames.PIECE) {
            int length = Math.min(HeaderNames.PIECE, bytes.length - at);
            Buf buf = pool.take(length);
            buf.put(bytes, at, length);
            Chain link = pool.link(buf);
            if (last == null) {
                first = link;
            } else {
                last.next(link);
            }
            last = link;
        }
        if (first == null || last == null) {
            first = pool.link(pool.mark());
            last = first;
        }
        last.buf().lastBuf(true).lastInChain(true);
        output(first);
    }

    /** Answers with a status and its usual short page. */
    public final Outcome answer(int status) {
        return goesToErrorPage(status) ? Outcome.DONE : respond(status, StatusPages.TYPE, StatusPages.page(status));
    }

    /** Answers with a status, its usual short page and one header that belongs to it: Location, Allow. */
    public final Outcome answer(int status, String header, String value) {
        if (goesToErrorPage(status)) {
            return Outcome.DONE;
        }
        addHeader(header, value);
        return respond(status, StatusPages.TYPE, StatusPages.page(status));
    }

    /** Otherwise what was said of the answer so far is forgotten: its own page takes its place. */
    private boolean goesToErrorPage(int status) {
        RequestState r = state();
        if (r.headerSent) {
            throw new IllegalStateException("the header of this response was sent before");
        }
        if (owner().worker().redirects().toErrorPage(handle(), status)) {
            return true;
        }
        r.outHeaders.reset();
        return false;
    }

    /** As {@link #replace(int, String, String)}, with no header of its own. */
    public final FilterResult replace(int status) {
        state().resetResponse();
        return replaceWithPage(status);
    }

    /**
     * For a filter, in its {@code header} and in the place of calling the one below: the answer that was about to be sent becomes the usual
     * short page of a status, with one header that belongs to it. It passes all filters from the first on; the body that the handler brings
     * after it is thrown away.
     */
    public final FilterResult replace(int status, String header, String value) {
        state().resetResponse();
        addHeader(header, value);
        return replaceWithPage(status);
    }

    private FilterResult replaceWithPage(int status) {
        Constant page = StatusPages.page(status);
        RequestState r = announce(status, StatusPages.TYPE, page.size());
        FilterResult result = headerToFilters(r);
        if (result != FilterResult.ERROR && runs(r) && !r.headerOnly) {
            result = outputWhole(page);
        }
        if (runs(r)) {
            r.headerOnly = true;
        }
        return result;
    }

    /** Reads away what has come of a body nobody wants. Answers whether all of it has. */
    final boolean discardBody() {
        return owner().worker().bodies().discard(handle(), state());
    }
}
