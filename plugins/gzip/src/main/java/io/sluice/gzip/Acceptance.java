package io.sluice.gzip;

import io.sluice.core.time.CachedTime;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HttpDate;
import java.nio.charset.StandardCharsets;

/**
 * Whether a client accepts a compressed response, and whether proxies between it and us, which may keep it for others, may be given one
 * (ngx_http_gzip_ok).
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Acceptance {
    /** Values of headers that are longer say nothing: the response goes as it is. */
    private static final int LONGEST_VALUE = 4096;

    private static final byte[] NO_CACHE = ascii("no-cache");
    private static final byte[] NO_STORE = ascii("no-store");
    private static final byte[] PRIVATE = ascii("private");

    private final CachedTime time;
    private final AcceptEncoding codings = new AcceptEncoding();
    private final byte[] scratch = new byte[LONGEST_VALUE];

    Acceptance(CachedTime time) {
        this.time = time;
    }

    boolean accepts(HttpRequest request, GzipConf conf) {
        return codingAccepted(request)
                && (conf.http10() || request.http11())
                && (conf.disabled().length == 0 || !agentDisabled(request, conf.disabled()))
                && (request.header(HeaderName.VIA) < 0 || mayPassProxies(request, conf.proxied()));
    }

    private boolean codingAccepted(HttpRequest request) {
        int header = request.header(HeaderName.ACCEPT_ENCODING);
        if (header < 0) {
            return false;
        }
        codings.reset();
        int id = HeaderName.ACCEPT_ENCODING.ordinal();
        for (; header < request.headerCount(); header++) {
            if (request.headerId(header) == id) {
                if (request.headerValueLength(header) > LONGEST_VALUE) {
                    return false;
                }
                codings.add(scratch, 0, request.headerValue(header, scratch));
            }
        }
        return codings.allowsGzip();
    }

    private boolean agentDisabled(HttpRequest request, byte[][] disabled) {
        int agent = request.header(HeaderName.USER_AGENT);
        if (agent < 0) {
            return false;
        }
        int length = request.headerValue(agent, scratch);
        for (byte[] text : disabled) {
            if (Words.contains(scratch, 0, length, text)) {
                return true;
            }
        }
        return false;
    }

    /** As nginx decides: what says that a proxy keeps nothing counts first, and where it says nothing the last two words decide. */
    private boolean mayPassProxies(HttpRequest request, int proxied) {
        if (Proxied.OFF.in(proxied)) {
            return false;
        }
        if (Proxied.ANY.in(proxied) || (Proxied.AUTH.in(proxied) && request.header(HeaderName.AUTHORIZATION) >= 0)) {
            return true;
        }
        int expires = request.responseHeaderIndex(HeaderName.EXPIRES);
        if (expires >= 0) {
            return Proxied.EXPIRED.in(proxied) && isPast(request, expires);
        }
        int control = request.responseHeaderIndex(HeaderName.CACHE_CONTROL);
        if (control >= 0) {
            return controlSays(request, proxied);
        }
        boolean modified = request.lastModified() >= 0;
        boolean tagged = request.responseHeaderIndex(HeaderName.ETAG) >= 0 || request.entityTag() != null;
        return !(Proxied.NO_LAST_MODIFIED.in(proxied) && modified) && !(Proxied.NO_ETAG.in(proxied) && tagged);
    }

    private boolean isPast(HttpRequest request, int expires) {
        long until = date(request, expires);
        if (until == HttpDate.NONE) {
            return false;
        }
        int written = request.responseHeaderIndex(HeaderName.DATE);
        long now = written < 0 ? HttpDate.NONE : date(request, written);
        return until < (now == HttpDate.NONE ? time.epochMillis() / 1000 : now);
    }

    private long date(HttpRequest request, int header) {
        int length = request.responseHeaderValue(header, scratch);
        return length > LONGEST_VALUE ? HttpDate.NONE : HttpDate.parse(scratch, 0, length);
    }

    private boolean controlSays(HttpRequest request, int proxied) {
        int id = HeaderName.CACHE_CONTROL.ordinal();
        for (int header = 0; header < request.responseHeaderCount(); header++) {
            if (request.responseHeaderId(header) == id) {
                int length = Math.min(request.responseHeaderValue(header, scratch), LONGEST_VALUE);
                if ((Proxied.NO_CACHE.in(proxied) && Words.lists(scratch, 0, length, NO_CACHE))
                        || (Proxied.NO_STORE.in(proxied) && Words.lists(scratch, 0, length, NO_STORE))
                        || (Proxied.PRIVATE.in(proxied) && Words.lists(scratch, 0, length, PRIVATE))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
