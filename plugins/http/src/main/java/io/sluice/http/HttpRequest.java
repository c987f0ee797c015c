package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Constant;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.BufferedBit;
import io.sluice.core.plugin.WorkerKey;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's handle of the request that runs on a client's connection. Belongs to that connection and is used for each of its requests;
 * between two of them, and after the connection, every use fails with an IllegalStateException.
 *
 * <p><b>Thread:</b> the worker's.
 */
public final class HttpRequest extends AnsweredRequest {
    private final @Nullable HttpRequest parent;
    private @Nullable Kept kept;

    /** @param parent null for the handle of a client's own requests */
    HttpRequest(HttpConnection connection, @Nullable HttpRequest parent) {
        super(connection);
        this.parent = parent;
    }

    @Override
    HttpRequest handle() {
        return this;
    }

    /** Whether it is the one the client sent, not a subrequest. */
    public boolean isMain() {
        return parent == null;
    }

    /** The request the client sent; this one, unless it is a subrequest. */
    public HttpRequest main() {
        HttpRequest found = this;
        for (HttpRequest above = parent; above != null; above = above.parent) {
            found = above;
        }
        return found;
    }

    /** The request that asked for this one; null for the main request. */
    public @Nullable HttpRequest parent() {
        return parent;
    }

    /** What {@link #perConnection} has made, or null. */
    @SuppressWarnings("unchecked")
    public <T> @Nullable T keptOrNull(WorkerKey<T> key) {
        for (Kept each = kept; each != null; each = each.next) {
            if (each.key == key) {
                return (T) each.value;
            }
        }
        return null;
    }

    /**
     * What a plugin keeps for this client from request to request; made when it is first asked for, dropped when the client has been
     * quiet for a while or is gone. A subrequest has its own, dropped when it ends.
     */
    public <T> T perConnection(WorkerKey<T> key, Function<HttpRequest, ? extends T> maker) {
        T known = keptOrNull(key);
        if (known != null) {
            return known;
        }
        T made = maker.apply(this);
        kept = new Kept(key, made, kept);
        return made;
    }

    /** One value of a plugin; a client meets one plugin or two. */
    private record Kept(
            WorkerKey<?> key, Object value, @Nullable Kept next) {}

    // ---- its body

    /** Whether all of the body has been read. */
    public boolean bodyDone() {
        return state().bodyDone;
    }

    /**
     * Reads bytes of the body, chunks taken apart, into the room of a Buf.
     *
     * @return bytes read; {@link io.sluice.core.connection.Io#END} when all have been; AGAIN, then the listener hears when there are more;
     *     ERROR if the body is bad or the client is gone: then the request has been answered or has ended, and the caller lets go of it
     */
    public int readBody(Buf into) {
        return owner().worker().bodies().read(this, state(), into);
    }

    /** Reads away what has come of a body nobody wants. Answers whether all of it has. */
    boolean discardBody() {
        return owner().worker().bodies().discard(this, state());
    }

    // ---- its response

    /** Gives the header to the filters. Once. */
    public FilterResult sendHeader() {
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
        FilterResult result = owner().worker().filters().header(this);
        if (r.isMain() && runs(r) && r.active != null && r.active != r) {
            // Its subrequests may have waited for it.
            owner().post(r.active);
        }
        return result;
    }

    /** Gives a piece of the body to the filters. What they could not send they hold; the listener hears when it is gone. */
    public FilterResult output(Chain chain) {
        RequestState r = state();
        if (r.headerOnly) {
            discard(chain);
            return FilterResult.DONE;
        }
        // A filter may hold the mark for a while: who gives the output has said it all the same.
        Buf last = Chain.last(chain).buf();
        r.lastSent |= last.lastBuf() || (last.lastInChain() && !r.isMain());
        FilterResult result = owner().worker().filters().body(this, chain);
        if (result == FilterResult.AGAIN && runs(r)) {
            owner().awaitSocket(r);
        }
        return result;
    }

    /** A link for {@link #output} with bytes of a Buf that stay as they are until the output is sent. */
    public Chain piece(Buf of, int from, int to, boolean last) {
        Pool pool = pool();
        Buf view = pool.view(of, from, to);
        view.tag(WriteFilter.TRANSIENT);
        return pool.link(view.lastBuf(last).lastInChain(last));
    }

    /** As {@link #piece(Buf, int, int, boolean)} with bytes of a file, which stays open until the output is sent. */
    public Chain piece(OpenFile file, long from, long to, boolean last) {
        Pool pool = pool();
        Buf part = pool.file(file, from, to);
        part.tag(WriteFilter.TRANSIENT);
        return pool.link(part.lastBuf(last).lastInChain(last));
    }

    /** A link for {@link #output} that sends what is held back. */
    public Chain flushing() {
        Pool pool = pool();
        Buf mark = pool.mark().flush(true);
        mark.tag(WriteFilter.TRANSIENT);
        return pool.link(mark);
    }

    /**
     * Takes back a link whose Buf a filter has used up, with the Buf's handle if it was made by {@link #piece} or {@link #flushing}. For
     * filters that do not pass on what they are given.
     */
    public void consumed(Chain link) {
        Pool pool = pool();
        Buf buf = link.buf();
        pool.free(link);
        if (buf.tag() == WriteFilter.TRANSIENT) {
            pool.free(buf);
        }
    }

    private void discard(Chain chain) {
        for (Chain link = chain; link != null; ) {
            Chain next = link.next();
            Buf buf = link.buf();
            state().lastSent |= buf.lastBuf();
            buf.advance(buf.size());
            consumed(link);
            link = next;
        }
    }

    /** Says that the body is complete. */
    public FilterResult sendLast() {
        Pool pool = pool();
        return output(pool.link(pool.mark().lastBuf(true).lastInChain(true)));
    }

    /** Answers with a whole body. */
    public Outcome respond(int status, byte @Nullable [] type, Constant text) {
        RequestState r = state();
        r.status = status;
        r.answered = true;
        r.contentLength = text.size();
        r.contentType = text.size() == 0 ? null : type;
        if (sendHeader() != FilterResult.ERROR && runs(r) && !r.headerOnly) {
            Buf buf = text.size() == 0 ? pool().mark() : pool().view(text);
            output(pool().link(buf.lastBuf(true).lastInChain(true)));
        }
        return Outcome.DONE;
    }

    /** Answers with a short text of a type. */
    public Outcome respond(int status, byte[] type, String text) {
        RequestState r = state();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        r.status = status;
        r.answered = true;
        r.contentLength = bytes.length;
        r.contentType = bytes.length == 0 ? null : type;
        if (sendHeader() != FilterResult.ERROR && runs(r) && !r.headerOnly) {
            outputBytes(bytes);
        }
        return Outcome.DONE;
    }

    /** Answers with a short text. For bodies that are always the same, {@link #respond(int, byte[], Constant)} makes no garbage. */
    public Outcome respond(int status, String text) {
        return respond(status, HeaderNames.TEXT_PLAIN, text);
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
    public Outcome answer(int status) {
        if (state().headerSent) {
            throw new IllegalStateException("the header of this response was sent before");
        }
        if (owner().worker().redirects().toErrorPage(this, status)) {
            return Outcome.DONE;
        }
        state().outHeaders.reset();
        Constant page = StatusPages.page(status);
        return respond(status, page.size() == 0 ? null : StatusPages.TYPE, page);
    }

    /** Answers with a status, its usual short page and one header that belongs to it: Location, Allow. */
    public Outcome answer(int status, String header, String value) {
        if (state().headerSent) {
            throw new IllegalStateException("the header of this response was sent before");
        }
        if (owner().worker().redirects().toErrorPage(this, status)) {
            return Outcome.DONE;
        }
        state().outHeaders.reset();
        addHeader(header, value);
        return respond(status, StatusPages.TYPE, StatusPages.page(status));
    }

    /** As {@link #replace(int, String, String)}, with no header of its own. */
    public FilterResult replace(int status) {
        state().resetResponse();
        return replaceWithPage(status);
    }

    /**
     * For a filter, in its {@code header} and in the place of calling the one below: the answer that was about to be sent becomes the usual
     * short page of a status, with one header that belongs to it. It passes all filters from the first on; the body that the handler brings
     * after it is thrown away.
     */
    public FilterResult replace(int status, String header, String value) {
        state().resetResponse();
        addHeader(header, value);
        return replaceWithPage(status);
    }

    private FilterResult replaceWithPage(int status) {
        RequestState r = state();
        Constant page = StatusPages.page(status);
        r.status = status;
        r.contentLength = page.size();
        r.contentType = page.size() == 0 ? null : StatusPages.TYPE;
        FilterResult result = owner().worker().filters().header(this);
        if (result != FilterResult.ERROR && runs(r) && !r.headerOnly) {
            Buf buf = page.size() == 0 ? pool().mark() : pool().view(page);
            result = output(pool().link(buf.lastBuf(true).lastInChain(true)));
        }
        if (runs(r)) {
            r.headerOnly = true;
        }
        return result;
    }

    // ---- its course

    /** Who hears what the client does while the request is parked. */
    public void listener(@Nullable RequestListener listener) {
        state().listener = listener;
    }

    /**
     * Says that a handler which now answers {@link Outcome#PARKED} will go on with the request later, and gives what {@link #resume} and
     * {@link #finish} must be given then. It is good for this request only and for one use; a later call takes the former ticket back.
     */
    public long park() {
        RequestState r = state();
        long ticket = owner().worker().nextTicket();
        r.ticket = ticket;
        return ticket;
    }

    /** Whether the request that a ticket was given for still waits. */
    public boolean isParked(long ticket) {
        RequestState r = stateOrNull();
        return r != null && r.ticket == ticket && ticket != 0;
    }

    /** Goes on with the phases behind the handler that parked the request. Nothing happens if the request does not wait any more. */
    public void resume(long ticket) {
        RequestState r = stateOrNull();
        if (r == null || !isParked(ticket)) {
            return;
        }
        r.ticket = 0;
        if (r.inHandler) {
            r.resumed = true;
        } else {
            owner().worker().phases().run(this, r);
        }
    }

    /**
     * The handler that parked the request is done with it: what is held is sent, then the request ends. Nothing happens if the request
     * does not wait any more.
     */
    public void finish(long ticket) {
        RequestState r = stateOrNull();
        if (r != null && isParked(ticket)) {
            finish();
        }
    }

    void finish() {
        RequestState r = stateOrNull();
        if (r != null) {
            owner().worker().completion().finish(this, r);
        }
    }

    /**
     * Goes on with another path instead of an answer (ngx_http_internal_redirect): from the rewrite phase of the server on, once the
     * handler returns what this method answers or finishes the request. What was said of the answer is forgotten. At most ten times.
     *
     * @param path decoded, one char per byte, without dot segments
     * @param query null for none
     */
    public Outcome internalRedirect(String path, @Nullable String query) {
        return owner().worker().redirects().toPath(this, path, query);
    }

    /** As {@link #internalRedirect}, with the same path and query in the location that the configuration names so, as {@code @fallback}. */
    public Outcome namedLocation(String name) {
        return owner().worker().redirects().toLocation(this, name);
    }

    /**
     * Asks for a part of this request's page (ngx_http_subrequest). It begins after the caller has returned, runs through the phases as a
     * GET without a body, and its output comes where the page is now: what is put out after this call waits for it.
     *
     * @param path decoded, one char per byte, without dot segments
     * @param query null for none
     */
    public HttpRequest subrequest(String path, @Nullable String query, SubrequestListener listener) {
        return owner().worker().subrequests().make(this, path, query, listener);
    }

    /** Filters, handlers and plugins mark with it that they hold something of this request. */
    public void buffer(BufferedBit bit) {
        bit.requireScope(BufferedBit.Scope.REQUEST);
        state().buffered |= bit.mask();
    }

    public void unbuffer(BufferedBit bit) {
        bit.requireScope(BufferedBit.Scope.REQUEST);
        state().buffered &= ~bit.mask();
    }

    /** Somebody else works for this request: it does not end before {@link #unblock}. */
    public void block() {
        state().blocked++;
    }

    public void unblock() {
        RequestState r = state();
        r.blocked--;
        if (r.blocked == 0 && r.finishing) {
            owner().post(r);
        }
    }
}
