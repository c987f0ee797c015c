package io.sluice.http;

import io.sluice.core.connection.Connection;
import io.sluice.http.parse.Method;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests for the sake of other requests, takes turns among them and lets them go (ngx_http_subrequest and its kin). A page is a
 * tree: each request has the list of its own output and its subrequests, in order, and one request of the tree is active: it writes.
 * One per worker.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Subrequests {
    /** Of one client's request. */
    private static final int MOST = 10_000;

    private final HttpWorker worker;

    Subrequests(HttpWorker worker) {
        this.worker = worker;
    }

    /** See {@link HttpRequest#subrequest}. */
    HttpRequest make(HttpRequest parent, String path, @Nullable String query, SubrequestListener listener) {
        RequestState p = parent.state();
        if (p.collectedBytes > 0 || p.background) {
            throw new IllegalStateException("only what goes to the client can have parts: " + path);
        }
        HttpRequest made = made(parent, path, query, listener);
        RequestState s = made.state();
        RequestState main = p.main();
        if (main.active == p && p.postponed == null) {
            main.active = s;
        }
        p.postpone(new Postponed(s));
        return made;
    }

    /** A subrequest that begins soon and stands nowhere yet. */
    private HttpRequest made(HttpRequest parent, String path, @Nullable String query, SubrequestListener listener) {
        RequestState p = parent.state();
        RequestState main = p.main();
        if (p.finishing) {
            throw new IllegalStateException("the request has finished: its page can have no more parts");
        }
        if (p.nestingLeft == 0) {
            throw new IllegalStateException("subrequests are nested too deep: " + path);
        }
        if (main.count >= MOST) {
            throw new IllegalStateException("more than " + MOST + " subrequests of one request");
        }
        HttpConnection owner = parent.owner();
        byte[] pathBytes = NewTarget.path(path);
        byte[] queryBytes = query == null ? null : NewTarget.query(query);
        RequestState s = worker.takeState();
        HttpRequest made = new HttpRequest(owner, parent);
        s.beginUnder(p, made);
        s.done = listener;
        s.ownMethod(Method.GET);
        s.startNanos = worker.time().nanos();
        s.startMillis = worker.time().epochMillis();
        made.begin(s);
        NewTarget.put(made, pathBytes, queryBytes);
        worker.budget().reserveMore(worker.exchangeBytes());
        main.count++;
        owner.post(s);
        return made;
    }

    /** See {@link HttpRequest#subrequestInMemory}. */
    HttpRequest makeInMemory(HttpRequest parent, String path, @Nullable String query, SubrequestListener listener) {
        HttpRequest made = make(parent, path, query, listener);
        RequestState s = made.state();
        s.collectedBytes =
                (int) s.location().core().subrequestOutputBufferSize().count();
        s.neededInMemory = true;
        return made;
    }

    /** See {@link HttpRequest#subrequestInBackground}. */
    HttpRequest makeInBackground(HttpRequest parent, String path, @Nullable String query, SubrequestListener listener) {
        HttpRequest made = made(parent, path, query, listener);
        RequestState s = made.state();
        s.background = true;
        s.headerOnly = true;
        s.main().putAside(s);
        return made;
    }

    /** Runs what was posted: begins subrequests, and goes on with those whose turn has come. */
    void runPosted(RequestState main) {
        HttpRequest whole = main.handle();
        while (whole.runs(main)) {
            RequestState next = main.nextPosted();
            if (next == null) {
                return;
            }
            HttpRequest handle = next.handle();
            if (next.begun) {
                worker.completion().push(handle, next);
            } else {
                next.begun = true;
                worker.phases().beginInternal(handle, next);
            }
        }
    }

    /** A subrequest has put out all it had: it leaves the tree, and whoever asked for it has the turn. */
    void ended(RequestState s) {
        RequestState main = s.main();
        HttpConnection owner = s.handle().owner();
        if (s.background) {
            main.removeAside(s);
            letGo(s);
            if (main.finishing) {
                owner.post(main);
            }
            return;
        }
        RequestState parent = s.parent();
        parent.removeFirst(s);
        main.active = parent;
        letGo(s);
        owner.post(parent);
    }

    /** The client is gone, or the page will not be made: whoever works for any part of it hears so. */
    void abortPage(HttpConnection owner, RequestState main) {
        abortBelow(main);
        abort(owner.connection(), main);
    }

    /** Lets all parts of a page go that will not be made, after all have heard so. */
    void letPartsGo(RequestState main) {
        letGoBelow(main);
        main.active = main;
    }

    /** Whether somebody works for a request or a part of it and cannot be stopped. */
    boolean isBlocked(RequestState r) {
        if (r.blocked > 0) {
            return true;
        }
        return isOneBlocked(r.postponed) || isOneBlocked(r.aside);
    }

    private boolean isOneBlocked(@Nullable Postponed first) {
        for (Postponed each = first; each != null; each = each.next) {
            RequestState s = each.subrequest;
            if (s != null && isBlocked(s)) {
                return true;
            }
        }
        return false;
    }

    private static void abort(Connection c, RequestState r) {
        RequestListener listener = r.listener;
        r.ticket = 0;
        if (listener != null) {
            r.listener = null;
            try {
                listener.aborted();
            } catch (Throwable failure) {
                // What it held is its own; what the request holds must be freed all the same.
                c.report("aborted", failure);
            }
        }
    }

    private static void abortBelow(RequestState r) {
        abortAll(r.postponed);
        abortAll(r.aside);
    }

    private static void abortAll(@Nullable Postponed first) {
        for (Postponed each = first; each != null; each = each.next) {
            RequestState s = each.subrequest;
            if (s != null) {
                abortBelow(s);
                abort(s.handle().connection(), s);
            }
        }
    }

    private void letGoBelow(RequestState r) {
        letAllGo(r.postponed);
        letAllGo(r.aside);
        r.forgetPostponed();
    }

    private void letAllGo(@Nullable Postponed first) {
        for (Postponed each = first; each != null; each = each.next) {
            RequestState s = each.subrequest;
            if (s != null) {
                letGoBelow(s);
                letGo(s);
            }
        }
    }

    private void letGo(RequestState s) {
        s.main().count--;
        s.main().forgetPosted(s);
        s.handle().over();
        worker.giveBack(s);
        worker.budget().release(worker.exchangeBytes());
    }
}
