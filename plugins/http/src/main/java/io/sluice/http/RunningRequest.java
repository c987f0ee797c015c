package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.Connection;
import io.sluice.http.parse.HeadLimits;
import org.jspecify.annotations.Nullable;

/**
 * The one request that runs on a client's connection, if one does: its recycled state, the handle that plugins hold of it, and its lease on
 * the cycle. The handle stays from request to request.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class RunningRequest {
    private final HttpConnection owner;
    private @Nullable RequestState state;
    private @Nullable HttpRequest handle;
    private boolean leased;

    RunningRequest(HttpConnection owner) {
        this.owner = owner;
    }

    /** The first bytes of a request are here. */
    RequestState take(Buf first, HeadLimits limits) {
        HttpWorker worker = owner.worker();
        RequestState r = worker.takeState();
        r.parser.use(limits, worker.knownHeaders());
        r.head.addSegment(first);
        r.startNanos = worker.time().nanos();
        r.startMillis = worker.time().epochMillis();
        r.unparsed = true;
        r.newSegment = true;
        state = r;
        return r;
    }

    /** It is a request that will be answered: it keeps its cycle, and is counted. Once. */
    void lease() {
        if (!leased) {
            leased = true;
            owner.worker().context().requestStarted();
            Connection c = owner.connection();
            c.countRequest();
            c.sent(0);
        }
    }

    /** Plugins may use it from here on. */
    HttpRequest begin(RequestState r) {
        HttpRequest known = handle;
        if (known == null) {
            known = new HttpRequest(owner, null);
            handle = known;
        }
        known.begin(r);
        r.beginPage(r, known);
        return known;
    }

    /** Its state and its lease are given back; whoever uses its handle before the next one begins is refused. */
    void over(RequestState r) {
        HttpRequest known = handle;
        if (known != null) {
            known.over();
        }
        state = null;
        if (leased) {
            leased = false;
            owner.worker().context().requestEnded();
        }
        owner.worker().giveBack(r);
    }

    boolean is(RequestState r) {
        return state == r;
    }

    boolean isLeased() {
        return leased;
    }

    RequestState state() {
        RequestState r = state;
        if (r == null) {
            throw new IllegalStateException("no request runs on this connection");
        }
        return r;
    }

    @Nullable
    RequestState stateOrNull() {
        return state;
    }

    HttpRequest handle() {
        HttpRequest known = handle;
        if (known == null) {
            throw new IllegalStateException("no request runs on this connection");
        }
        return known;
    }

    /** Whether there is a handle that requests have used. */
    boolean hasServed() {
        return handle != null;
    }

    /** The next request gets a handle of its own. */
    void forget() {
        handle = null;
    }
}
