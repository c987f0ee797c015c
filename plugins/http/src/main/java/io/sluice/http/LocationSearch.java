package io.sluice.http;

import io.sluice.core.connection.Connection;
import io.sluice.core.log.LogLevel;
import io.sluice.http.parse.BodyFraming;

/** Finds the location of a request, and lets its settings count (ngx_http_core_find_config_phase). One per worker. */
final class LocationSearch {
    private final HttpWorker worker;

    LocationSearch(HttpWorker worker) {
        this.worker = worker;
    }

    /** Finds the path's location, checks what it says of the body. Answers false if the request has been answered. */
    boolean find(HttpRequest request, RequestState r) {
        byte[] scratch = worker.scratch();
        int length = r.target.getPath(scratch, 0);
        LocationConf location = r.server().locations().find(scratch, 0, length);
        if (location == null) {
            location = r.server().own();
        }
        enter(request, r, location);
        return bodyAllowed(request, r, location);
    }

    /** The location's settings count from here on; parts of a page do not change those of the connection. */
    void enter(HttpRequest request, RequestState r, LocationConf location) {
        r.enter(location);
        if (r.isMain()) {
            Connection c = request.connection();
            if (!location.core().tcpNopush()) {
                c.disableTcpNoPush();
            }
            c.log(worker.errorLog(location.logs()));
        }
    }

    /** Answers false if the request has been answered; it is not finished yet. */
    private static boolean bodyAllowed(HttpRequest request, RequestState r, LocationConf location) {
        if (request.bodyFraming() == BodyFraming.LENGTH) {
            long limit = location.core().clientMaxBodySize().count();
            if (limit > 0 && r.parser.contentLength() > limit) {
                request.connection()
                        .log()
                        .at(LogLevel.INFO, request.connection())
                        .text("client intended to send a body of ")
                        .number(r.parser.contentLength())
                        .text(" bytes, too large")
                        .write();
                r.keepAlive = false;
                // The page that may take the place of this answer is not asked to read it either.
                r.bodyBroken = true;
                request.answer(413);
                return false;
            }
        }
        return true;
    }
}
