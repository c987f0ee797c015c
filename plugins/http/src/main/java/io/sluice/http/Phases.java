package io.sluice.http;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.log.LogLevel;
import io.sluice.http.parse.Fault;
import io.sluice.http.parse.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes a request through its phases (ngx_http_core_run_phases). One instance per worker: the handlers of each phase in their resolved
 * order, one after the other in one array, with the built-in steps between them.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Phases {
    private final HttpWorker worker;
    private final Phase[] phases;
    private final @Nullable HttpHandler[] handlers;
    private final HttpHandler[] logHandlers;
    private final PathReader paths;
    private final LocationSearch locations;

    /** Where requests begin that no client sent. */
    private final int serverRewrite;

    /** Behind the search for a location. */
    private final int afterLocation;

    Phases(HttpWorker worker, Map<Phase, List<HttpHandler>> byPhase) {
        this.worker = worker;
        this.paths = new PathReader(worker.scratch());
        this.locations = new LocationSearch(worker);
        int count = 0;
        for (Phase phase : Phase.values()) {
            count += phase == Phase.FIND_CONFIG
                    ? 1
                    : byPhase.getOrDefault(phase, List.of()).size();
        }
        List<HttpHandler> logs = byPhase.getOrDefault(Phase.LOG, List.of());
        logHandlers = logs.toArray(HttpHandler[]::new);
        phases = new Phase[count - logs.size()];
        handlers = new HttpHandler[phases.length];
        int i = 0;
        for (Phase phase : Phase.values()) {
            if (phase == Phase.FIND_CONFIG) {
                phases[i++] = phase;
            } else if (phase != Phase.LOG) {
                for (HttpHandler handler : byPhase.getOrDefault(phase, List.of())) {
                    phases[i] = phase;
                    handlers[i++] = handler;
                }
            }
        }
        serverRewrite = firstOf(Phase.SERVER_REWRITE);
        afterLocation = firstOf(Phase.FIND_CONFIG) + 1;
    }

    private int firstOf(Phase wanted) {
        int i = 0;
        while (i < phases.length && phases[i].compareTo(wanted) < 0) {
            i++;
        }
        return i;
    }

    /** Begins. TRACE would mirror headers that proxies added, CONNECT asks for a tunnel: neither is served (as in nginx). */
    void begin(HttpRequest request, RequestState r) {
        Method method = r.parser.line().method();
        if (method == Method.TRACE || method == Method.CONNECT) {
            refuse(request, r, 405);
            return;
        }
        Fault fault = paths.read(request, r);
        if (fault != Fault.NONE) {
            request.connection()
                    .log()
                    .at(LogLevel.INFO, request.connection())
                    .text("client sent a bad path: ")
                    .text(fault.text())
                    .write();
            refuse(request, r, fault.status());
            return;
        }
        run(request, r);
    }

    /** Begins what no client sent: at the rewrite of the server, as in nginx. */
    void beginInternal(HttpRequest request, RequestState r) {
        r.phaseIndex = serverRewrite;
        run(request, r);
    }

    /** Goes on where a handler wanted the request to be, instead of ending it. */
    void redirected(HttpRequest request, RequestState r) {
        Redirect to = r.redirect;
        r.redirect = Redirect.NONE;
        r.listener = null;
        r.ticket = 0;
        r.status = 0;
        r.internal = true;
        r.uriChanges--;
        if (r.uriChanges == 0) {
            Connection c = request.connection();
            c.log().log(LogLevel.ERR, c, "rewrite or internal redirection cycle");
            r.errorStatus = 0;
            request.answer(500);
            request.finish();
            return;
        }
        switch (to) {
            case NONE -> {}
            case TO_PATH -> {
                r.enter(r.server().own());
                r.phaseIndex = serverRewrite;
            }
            case TO_LOCATION -> {
                locations.enter(request, r, Objects.requireNonNull(r.redirectTo));
                r.redirectTo = null;
                r.phaseIndex = afterLocation;
            }
        }
        run(request, r);
    }

    /** From where the request is to its end, or to where it is parked. */
    void run(HttpRequest request, RequestState r) {
        while (r.phaseIndex < phases.length) {
            Phase phase = phases[r.phaseIndex];
            if (phase == Phase.FIND_CONFIG) {
                if (!locations.find(request, r)) {
                    request.finish();
                    return;
                }
                r.phaseIndex++;
                continue;
            }
            if (phase == Phase.ACCESS && !r.isMain()) {
                // The page as a whole was allowed.
                r.phaseIndex++;
                continue;
            }
            Outcome outcome = call(request, r, handlers[r.phaseIndex]);
            if (outcome == null) {
                return;
            }
            switch (outcome) {
                case DECLINED -> r.phaseIndex++;
                case NEXT_PHASE -> skipPhase(r);
                case PARKED -> {
                    r.phaseIndex++;
                    if (!r.resumed) {
                        return;
                    }
                    r.resumed = false;
                }
                case DONE -> {
                    request.finish();
                    return;
                }
            }
        }
        content(request, r);
    }

    private void skipPhase(RequestState r) {
        Phase phase = phases[r.phaseIndex];
        while (r.phaseIndex < phases.length && phases[r.phaseIndex] == phase) {
            r.phaseIndex++;
        }
    }

    private void content(HttpRequest request, RequestState r) {
        // A content handler that has parked and lets others go on: there are none.
        Outcome outcome = Outcome.DECLINED;
        if (r.phaseIndex == phases.length) {
            r.phaseIndex++;
            HttpHandler handler = worker.content(r.location());
            outcome = handler == null ? Outcome.DECLINED : call(request, r, handler);
        }
        if (outcome == null || (outcome == Outcome.PARKED && !r.resumed)) {
            return;
        }
        if (outcome != Outcome.DONE) {
            r.resumed = false;
            request.answer(404);
        }
        request.finish();
    }

    /** Answers null if nothing more is to be done: the handler has ended the request itself, or the connection. */
    private @Nullable Outcome call(HttpRequest request, RequestState r, @Nullable HttpHandler handler) {
        if (handler == null) {
            return Outcome.DECLINED;
        }
        r.inHandler = true;
        try {
            Outcome outcome = handler.handle(request);
            if (!request.runs(r)) {
                return null;
            }
            r.inHandler = false;
            return settled(r, outcome);
        } catch (Throwable failure) {
            return failed(request, r, failure);
        }
    }

    private static @Nullable Outcome settled(RequestState r, Outcome outcome) {
        if (r.redirect != Redirect.NONE) {
            return Outcome.DONE;
        }
        if (r.finishing) {
            return null;
        }
        if (outcome == Outcome.PARKED && r.ticket == 0 && !r.resumed) {
            throw new IllegalStateException("a handler answered PARKED without HttpRequest.park: nobody could go on");
        }
        return outcome;
    }

    private static @Nullable Outcome failed(HttpRequest request, RequestState r, Throwable failure) {
        request.connection().report("a handler", failure);
        if (!request.runs(r)) {
            return null;
        }
        r.inHandler = false;
        if (r.headerSent) {
            request.connection().close(CloseReason.BUG);
            return null;
        }
        r.main().keepAlive = false;
        r.ticket = 0;
        r.redirect = Redirect.NONE;
        request.answer(500);
        return request.runs(r) ? Outcome.DONE : null;
    }

    private static void refuse(HttpRequest request, RequestState r, int status) {
        r.keepAlive = false;
        request.answer(status);
        request.finish();
    }

    void log(HttpRequest request) {
        for (HttpHandler handler : logHandlers) {
            try {
                handler.handle(request);
            } catch (Throwable failure) {
                request.connection().report("a log handler", failure);
            }
        }
    }
}
