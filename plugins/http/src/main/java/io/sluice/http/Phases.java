package io.sluice.http;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.log.LogLevel;
import io.sluice.http.parse.BodyFraming;
import io.sluice.http.parse.Fault;
import io.sluice.http.parse.Method;
import java.util.List;
import java.util.Map;
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

    Phases(HttpWorker worker, Map<Phase, List<HttpHandler>> byPhase) {
        this.worker = worker;
        this.paths = new PathReader(worker.scratch());
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

    /** From where the request is to its end, or to where it is parked. */
    void run(HttpRequest request, RequestState r) {
        while (r.phaseIndex < phases.length) {
            HttpHandler handler = handlers[r.phaseIndex];
            if (handler == null) {
                if (!findLocation(request, r)) {
                    return;
                }
                r.phaseIndex++;
                continue;
            }
            Outcome outcome = call(request, r, handler);
            if (outcome == null) {
                return;
            }
            switch (outcome) {
                case DECLINED -> r.phaseIndex++;
                case NEXT_PHASE -> skipPhase(r);
                case PARKED -> {
                    r.phaseIndex++;
                    return;
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
        HttpHandler handler = worker.content(r.location());
        if (handler == null) {
            request.answer(404);
            request.finish();
            return;
        }
        Outcome outcome = call(request, r, handler);
        if (outcome == null) {
            return;
        }
        switch (outcome) {
            case DONE -> request.finish();
            case PARKED -> {}
            case DECLINED, NEXT_PHASE -> {
                request.answer(404);
                request.finish();
            }
        }
    }

    /** Answers null if the handler threw or ended the request itself: then nothing more is done here. */
    private @Nullable Outcome call(HttpRequest request, RequestState r, HttpHandler handler) {
        try {
            Outcome outcome = handler.handle(request);
            return request.runs(r) ? outcome : null;
        } catch (Throwable failure) {
            request.connection().report("a handler", failure);
            if (request.runs(r)) {
                if (r.headerSent) {
                    request.connection().close(CloseReason.BUG);
                } else {
                    r.keepAlive = false;
                    request.answer(500);
                    request.finish();
                }
            }
            return null;
        }
    }

    /** Finds the path's location, checks what it says of the body. Answers false if the request has been answered. */
    private boolean findLocation(HttpRequest request, RequestState r) {
        byte[] scratch = worker.scratch();
        int length = r.target.getPath(scratch, 0);
        LocationConf location = r.server().locations().find(scratch, 0, length);
        if (location == null) {
            request.answer(404);
            request.finish();
            return false;
        }
        r.location = location;
        if (!location.core().tcpNopush()) {
            request.connection().disableTcpNoPush();
        }
        request.connection().log(worker.errorLog(location.logs()));
        return bodyAllowed(request, r, location);
    }

    private static boolean bodyAllowed(HttpRequest request, RequestState r, LocationConf location) {
        if (r.parser.framing() == BodyFraming.LENGTH) {
            long limit = location.core().clientMaxBodySize().count();
            if (limit > 0 && r.parser.contentLength() > limit) {
                request.connection()
                        .log()
                        .at(LogLevel.INFO, request.connection())
                        .text("client intended to send a body of ")
                        .number(r.parser.contentLength())
                        .text(" bytes, too large")
                        .write();
                return refuse(request, r, 413);
            }
        }
        return true;
    }

    private static boolean refuse(HttpRequest request, RequestState r, int status) {
        r.keepAlive = false;
        request.answer(status);
        request.finish();
        return false;
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
