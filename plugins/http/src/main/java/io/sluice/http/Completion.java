package io.sluice.http;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;

/**
 * Decides when a request is over (ngx_http_finalize_request, ngx_http_writer): when its handler is done, its subrequests are, nobody
 * works for it elsewhere, and no filter or socket holds anything of it. One per worker.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Completion {
    private final HttpWorker worker;

    Completion(HttpWorker worker) {
        this.worker = worker;
    }

    /** The handler is done with a request. Nothing happens if it was before. */
    void finish(HttpRequest request, RequestState r) {
        if (r.finishing) {
            return;
        }
        if (!r.headerSent && r.redirect == Redirect.NONE && (r.status == 0 || !r.answered)) {
            request.answer(r.status == 0 ? 500 : r.status);
            if (!request.runs(r)) {
                // The answer itself has ended the connection.
                return;
            }
        }
        if (r.redirect != Redirect.NONE) {
            if (!r.inHandler) {
                worker.phases().redirected(request, r);
            }
            return;
        }
        r.finishing = true;
        r.listener = null;
        r.ticket = 0;
        Connection c = request.connection();
        if (r.headerSent && !r.lastSent && request.sendLast() == FilterResult.ERROR) {
            if (request.runs(r)) {
                c.close(CloseReason.IO_ERROR);
            }
            return;
        }
        if (!request.runs(r)) {
            return;
        }
        if (c.hasError()) {
            c.close(CloseReason.IO_ERROR);
            return;
        }
        if (r.isMain() || tellEnded(request, r)) {
            advance(request, r);
        }
    }

    /** Gives what is held a push, as the socket has room or a request's turn has come. */
    void push(HttpRequest request, RequestState r) {
        FilterResult result = worker.filters().body(request, null);
        if (!request.runs(r)) {
            return;
        }
        if (result == FilterResult.ERROR) {
            request.connection().close(CloseReason.IO_ERROR);
            return;
        }
        if (r.finishing) {
            advance(request, r);
            return;
        }
        if (result == FilterResult.AGAIN) {
            request.owner().awaitSocket(r);
            return;
        }
        // A filter may still have its bit set, for bytes that are too few to be passed on: it takes more all the same.
        if (!request.owner().isSocketBusy() && !r.main().delayed) {
            request.connection().clearWriteTimeout();
        }
        RequestListener listener = r.listener;
        if (listener != null) {
            listener.writable();
        }
    }

    /** A finished request goes as far as it can: ends, or waits for what is held. */
    private void advance(HttpRequest request, RequestState r) {
        HttpConnection owner = request.owner();
        boolean waits = r.buffered != 0 || r.postponed != null || r.aside != null || r.blocked > 0;
        if (!r.isMain()) {
            // One whose turn has not come has its output in its list; without any it waits for the turn all the same.
            if (!waits && (r.background || r.main().active == r)) {
                worker.subrequests().ended(r);
            }
            return;
        }
        Connection c = request.connection();
        if (waits || c.buffered() != 0) {
            owner.awaitSocket(r);
            return;
        }
        c.clearWriteTimeout();
        owner.end();
    }

    /** Answers false if the page is over because a plugin has failed. */
    private static boolean tellEnded(HttpRequest request, RequestState r) {
        try {
            r.done.ended(request);
            return request.runs(r);
        } catch (Throwable failure) {
            request.connection().failed("the listener of a subrequest", failure);
            return false;
        }
    }
}
