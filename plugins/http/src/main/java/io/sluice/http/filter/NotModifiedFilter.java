package io.sluice.http.filter;

import io.sluice.http.FilterResult;
import io.sluice.http.HttpFilter;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HttpDate;
import io.sluice.http.parse.Method;

/**
 * Weighs the conditions of a request against its answer: 304 where the client has it already, 412 where it is not the one it meant
 * (ngx_http_not_modified_filter_module.c).
 *
 * <p>Precedence is that of RFC 9110, 13.2.2, where nginx asks every condition there is: a tag says more than a date, so a date beside a
 * tag of its kind does not count, nor does one that is no date. Only answers to GET and HEAD are looked at: what another method asks for
 * has been done by the time its answer is seen, so that its handler must have weighed the conditions.
 */
final class NotModifiedFilter extends HttpFilter {
    private static final int PRECONDITION_FAILED = 412;

    private final HeaderValue value = new HeaderValue();

    NotModifiedFilter(HttpFilter next) {
        super(next);
    }

    @Override
    public FilterResult header(HttpRequest request) {
        if (request.status() != 200 || !request.isMain() || request.areConditionsWeighed()) {
            return below().header(request);
        }
        int ifMatch = request.header(HeaderName.IF_MATCH);
        int ifUnmodified = request.header(HeaderName.IF_UNMODIFIED_SINCE);
        int ifNoneMatch = request.header(HeaderName.IF_NONE_MATCH);
        int ifModified = request.header(HeaderName.IF_MODIFIED_SINCE);
        // All four are -1 for nearly every request.
        if ((ifMatch & ifUnmodified & ifNoneMatch & ifModified) == -1 || !isSafe(request)) {
            return below().header(request);
        }
        boolean meant =
                ifMatch >= 0 ? matches(request, ifMatch) : ifUnmodified < 0 || isUnmodified(request, ifUnmodified);
        if (!meant) {
            return request.replace(PRECONDITION_FAILED);
        }
        boolean known = ifNoneMatch >= 0
                ? matchesWeakly(request, ifNoneMatch)
                : ifModified >= 0 && !isModified(request, ifModified);
        if (known) {
            notModified(request);
        }
        return below().header(request);
    }

    private static boolean isSafe(HttpRequest request) {
        Method method = request.method();
        return method == Method.GET || method == Method.HEAD;
    }

    private boolean matches(HttpRequest request, int header) {
        value.read(request, header);
        byte[] tag = request.entityTag();
        return EntityTags.isAny(value.bytes(), value.length())
                || (tag != null && EntityTags.hasStrongly(value.bytes(), value.length(), tag));
    }

    private boolean matchesWeakly(HttpRequest request, int header) {
        value.read(request, header);
        byte[] tag = request.entityTag();
        return EntityTags.isAny(value.bytes(), value.length())
                || (tag != null && EntityTags.hasWeakly(value.bytes(), value.length(), tag));
    }

    private boolean isUnmodified(HttpRequest request, int header) {
        value.read(request, header);
        long since = value.date();
        long modified = request.lastModified();
        return since == HttpDate.NONE || modified < 0 || modified <= since;
    }

    private boolean isModified(HttpRequest request, int header) {
        NotModifiedSettings settings = request.settings(NotModifiedSettings.KEY);
        long modified = request.lastModified();
        if (modified < 0 || settings.ifModifiedSince() == NotModifiedSettings.Since.OFF) {
            return true;
        }
        value.read(request, header);
        long since = value.date();
        if (since == HttpDate.NONE) {
            return true;
        }
        return switch (settings.ifModifiedSince()) {
            case OFF -> true;
            case EXACT -> since != modified;
            case BEFORE -> since < modified;
        };
    }

    /** The validators stay; what describes a body goes with it. */
    private static void notModified(HttpRequest request) {
        request.status(304);
        request.responseLength(-1);
        request.contentType(null);
        request.allowRanges(false);
        request.removeResponseHeader(HeaderName.CONTENT_ENCODING);
        request.removeResponseHeader(HeaderName.ACCEPT_RANGES);
    }
}
