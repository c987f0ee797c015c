package io.sluice.sticky.cookie;

import io.sluice.core.variable.BytesSink;
import io.sluice.upstream.sticky.StickyRequest;
import io.sluice.upstream.sticky.StickyWorker;

/**
 * Reads and writes the cookie of one upstream (ngx_http_upstream_sticky_module.c, {@code sticky cookie}): each attempt tells the client of the
 * server it has got, so that it keeps the last one.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class CookieWorker implements StickyWorker {
    private static final int BYTES = 256;

    /** More than the name, an sid and three attributes at their longest. */
    private static final int MOST_BYTES = 8192;

    /** What clients keep of a cookie at most (RFC 6265, 6.1). */
    private static final int MOST_KEPT_BYTES = 4096;

    private static final int LONGEST_SID = 1024;

    private final Cookie cookie;
    private final Expiry expiry;
    private final BytesSink line = new BytesSink(BYTES, MOST_BYTES);

    CookieWorker(Cookie cookie, Expiry expiry) {
        this.cookie = cookie;
        this.expiry = expiry;
    }

    @Override
    public void wish(StickyRequest request) {
        BytesSink value = request.kept(cookie.lowerCaseName());
        if (!value.isEmpty()) {
            request.want(value.array(), value.count());
        }
    }

    @Override
    public void taken(StickyRequest request) {
        String sid = request.sid();
        if (!isPlain(sid)) {
            // A source of peers may call them as it likes.
            return;
        }
        line.reset();
        line.put(cookie.begin());
        line.putAscii(sid);
        expiry.put(line);
        cookie.domain().put(request, line);
        line.put(cookie.flags());
        putSameSite(request);
        cookie.path().put(request, line);
        if (line.count() <= MOST_KEPT_BYTES) {
            request.tell(line);
        }
    }

    private void putSameSite(StickyRequest request) {
        Attribute sameSite = cookie.sameSite();
        line.put(sameSite.begin());
        if (sameSite.text() != Attribute.CONSTANT) {
            BytesSink value = request.text(sameSite.text());
            line.putAscii(SameSite.of(value.array(), value.count()).text());
        }
    }

    /** Whether it can be the value of a cookie (RFC 6265, 4.1.1: cookie-octet). */
    private static boolean isPlain(String sid) {
        for (int i = 0; i < sid.length(); i++) {
            char c = sid.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\') {
                return false;
            }
        }
        return !sid.isEmpty() && sid.length() <= LONGEST_SID;
    }
}
