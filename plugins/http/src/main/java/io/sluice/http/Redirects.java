package io.sluice.http;

import io.sluice.core.connection.Connection;
import io.sluice.core.log.LogLevel;
import io.sluice.core.variable.BytesSink;
import io.sluice.http.parse.HeaderLine;
import io.sluice.http.parse.Method;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request go on elsewhere instead of being answered: with another path, in a named location, with an error page
 * (ngx_http_internal_redirect, ngx_http_named_location, ngx_http_special_response_handler). One per worker.
 */
final class Redirects {
    Redirects() {}

    /** See {@link HttpRequest#internalRedirect}. */
    Outcome toPath(HttpRequest request, String path, @Nullable String query) {
        byte[] pathBytes = NewTarget.path(path);
        byte[] queryBytes = query == null ? null : NewTarget.query(query);
        RequestState r = unanswered(request);
        NewTarget.put(request, pathBytes, queryBytes);
        r.resetResponse();
        r.redirect = Redirect.TO_PATH;
        return Outcome.DONE;
    }

    /** See {@link HttpRequest#internalGet}. */
    Outcome toContent(HttpRequest request, String path, @Nullable String query) {
        Outcome outcome = toPath(request, path, query);
        RequestState r = request.state();
        if (r.method() != Method.HEAD) {
            r.ownMethod(Method.GET);
        }
        return outcome;
    }

    /** See {@link HttpRequest#namedLocation}. */
    Outcome toLocation(HttpRequest request, String name) {
        RequestState r = unanswered(request);
        LocationConf location = r.server().locations().named(name);
        if (location == null) {
            Connection c = request.connection();
            c.log().at(LogLevel.ERR, c).text("there is no location ").text(name).write();
            r.uriChanges = 0;
            r.errorStatus = 0;
            return request.answer(500);
        }
        r.resetResponse();
        r.redirectTo = location;
        r.redirect = Redirect.TO_LOCATION;
        return Outcome.DONE;
    }

    private static RequestState unanswered(HttpRequest request) {
        RequestState r = request.state();
        if (r.headerSent) {
            throw new IllegalStateException("the header of this response was sent before");
        }
        return r;
    }

    /** Answers whether a page of the configuration takes the place of a status's short one. */
    boolean toErrorPage(HttpRequest request, int status) {
        RequestState r = request.state();
        if (r.uriChanges <= 1 || r.headerSent) {
            return false;
        }
        ErrorPages pages = ErrorPages.PART.in(r.location().parts());
        if (r.errorPage && !pages.isRecursive()) {
            return false;
        }
        ErrorPages.Page page = pages.of(status);
        return page != null && goTo(request, r, page);
    }

    private boolean goTo(HttpRequest request, RequestState r, ErrorPages.Page page) {
        BytesSink sink = request.evaluate(page.to());
        String to = new String(sink.array(), 0, sink.count(), StandardCharsets.ISO_8859_1);
        r.errorPage = true;
        if (to.startsWith("@")) {
            r.errorStatus = page.code();
            r.status = page.status();
            toLocation(request, to);
            return true;
        }
        if (to.startsWith("/")) {
            int mark = to.indexOf('?');
            String path = mark < 0 ? to : to.substring(0, mark);
            String query = mark < 0 ? null : to.substring(mark + 1);
            if (!NewTarget.isPath(path) || (query != null && !NewTarget.isQuery(query))) {
                Connection c = request.connection();
                c.log().log(LogLevel.ERR, c, "the path of an error page leads nowhere");
                return false;
            }
            r.errorStatus = page.code();
            r.status = page.status();
            toContent(request, path, query);
            return true;
        }
        return redirectClient(request, r, page, to);
    }

    /** The page is elsewhere: the client is sent there. */
    private static boolean redirectClient(HttpRequest request, RequestState r, ErrorPages.Page page, String to) {
        int status = switch (page.code()) {
            case 301, 302, 303, 307, 308 -> page.code();
            default -> 302;
        };
        if (to.isEmpty() || !HeaderLine.isValue(to)) {
            return false;
        }
        r.resetResponse();
        request.addHeader("Location", to);
        request.respond(status, StatusPages.TYPE, StatusPages.page(status));
        return true;
    }
}
