package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.BufferedBit;
import io.sluice.core.plugin.WorkerKey;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's handle of the request that runs on a client's connection. Belongs to that connection and is used for each of its requests;
 * between two of them, and after the connection, every use fails with an IllegalStateException.
 *
 * <p><b>Thread:</b> the worker's.
 */
public final class HttpRequest extends SendingRequest {
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

    /** Whether all of the body has been read, or nothing more of it ever will be. */
    public boolean bodyDone() {
        RequestState r = state();
        return r.bodyDone || !hasBody(r);
    }

    /**
     * Reads bytes of the body, chunks taken apart, into the room of a Buf.
     *
     * @return bytes read; {@link io.sluice.core.connection.Io#END} when all have been, or there are none; AGAIN, then the listener hears when there are more;
     *     ERROR if the body is bad or the client is gone: then the request has been answered or has ended, and the caller lets go of it
     */
    public int readBody(Buf into) {
        return owner().worker().bodies().read(this, state(), into);
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

    /**
     * As {@link #internalRedirect}, to get what is there: a GET takes the place of the client's method, unless that is HEAD, and the
     * client's body is not passed on.
     */
    public Outcome internalGet(String path, @Nullable String query) {
        return owner().worker().redirects().toContent(this, path, query);
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

    /**
     * As {@link #subrequest}, but what it puts out is for the caller and not for the client (NGX_HTTP_SUBREQUEST_IN_MEMORY): {@link
     * #collected} gives it to the listener. One that puts out more than {@code subrequest-output-buffer-size} ends the connection.
     */
    public HttpRequest subrequestInMemory(String path, @Nullable String query, SubrequestListener listener) {
        return owner().worker().subrequests().makeInMemory(this, path, query, listener);
    }

    /**
     * As {@link #subrequest}, but it is no part of the page (NGX_HTTP_SUBREQUEST_BACKGROUND): what it puts out is thrown away, and the
     * client has its whole answer whether it has ended or not. The client's next request waits for it.
     */
    public HttpRequest subrequestInBackground(String path, @Nullable String query, SubrequestListener listener) {
        return owner().worker().subrequests().makeInBackground(this, path, query, listener);
    }

    /**
     * All that a subrequest in memory has put out, to be read in {@link SubrequestListener#ended}; its memory is this request's. Null if
     * it was nothing.
     */
    public @Nullable Buf collected() {
        return state().collected;
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

    /**
     * Somebody else works for this request, as a thread that fills a Buf of it: it does not end before {@link #unblock}. When its client
     * goes away, the connection ends at once, but the request and its memory stay until then.
     */
    public void block() {
        state().blocked++;
    }

    /** Takes one {@link #block} back. The request may be over when this returns. */
    public void unblock() {
        RequestState r = state();
        if (r.blocked == 0) {
            throw new IllegalStateException("the request is not blocked");
        }
        r.blocked--;
        if (r.blocked == 0) {
            owner().unblocked(r);
        }
    }
}
