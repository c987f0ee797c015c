package io.sluice.http.parse;

/**
 * The header names the server itself has a use for, in requests and responses. Parsers recognise them while reading;
 * their {@link #ordinal()} is the id by which a {@link HeaderTable} finds them.
 */
public enum HeaderName {
    HOST("Host", Trait.ONCE, Trait.NOT_IN_TRAILER),
    CONNECTION("Connection", Trait.HOP_BY_HOP, Trait.NOT_IN_TRAILER),
    CONTENT_LENGTH("Content-Length", Trait.ONCE, Trait.NOT_IN_TRAILER),
    TRANSFER_ENCODING("Transfer-Encoding", Trait.ONCE, Trait.HOP_BY_HOP, Trait.NOT_IN_TRAILER),
    EXPECT("Expect", Trait.ONCE, Trait.NOT_IN_TRAILER),
    UPGRADE("Upgrade", Trait.HOP_BY_HOP, Trait.NOT_IN_TRAILER),
    TE("TE", Trait.HOP_BY_HOP, Trait.NOT_IN_TRAILER),
    TRAILER("Trailer", Trait.NOT_IN_TRAILER),
    KEEP_ALIVE("Keep-Alive", Trait.HOP_BY_HOP, Trait.NOT_IN_TRAILER),
    PROXY_CONNECTION("Proxy-Connection", Trait.HOP_BY_HOP, Trait.NOT_IN_TRAILER),
    PROXY_AUTHENTICATE("Proxy-Authenticate", Trait.NOT_IN_TRAILER),
    PROXY_AUTHORIZATION("Proxy-Authorization", Trait.NOT_IN_TRAILER),

    ACCEPT("Accept"),
    ACCEPT_CHARSET("Accept-Charset"),
    ACCEPT_ENCODING("Accept-Encoding"),
    ACCEPT_LANGUAGE("Accept-Language"),
    AUTHORIZATION("Authorization", Trait.ONCE, Trait.NOT_IN_TRAILER),
    COOKIE("Cookie", Trait.NOT_IN_TRAILER),
    FORWARDED("Forwarded", Trait.NOT_IN_TRAILER),
    IF_MATCH("If-Match", Trait.ONCE, Trait.NOT_IN_TRAILER),
    IF_MODIFIED_SINCE("If-Modified-Since", Trait.ONCE, Trait.NOT_IN_TRAILER),
    IF_NONE_MATCH("If-None-Match", Trait.ONCE, Trait.NOT_IN_TRAILER),
    IF_RANGE("If-Range", Trait.ONCE, Trait.NOT_IN_TRAILER),
    IF_UNMODIFIED_SINCE("If-Unmodified-Since", Trait.ONCE, Trait.NOT_IN_TRAILER),
    MAX_FORWARDS("Max-Forwards", Trait.NOT_IN_TRAILER),
    ORIGIN("Origin"),
    PRAGMA("Pragma", Trait.NOT_IN_TRAILER),
    PRIORITY("Priority"),
    RANGE("Range", Trait.NOT_IN_TRAILER),
    REFERER("Referer"),
    SEC_WEBSOCKET_ACCEPT("Sec-WebSocket-Accept"),
    SEC_WEBSOCKET_EXTENSIONS("Sec-WebSocket-Extensions"),
    SEC_WEBSOCKET_KEY("Sec-WebSocket-Key"),
    SEC_WEBSOCKET_PROTOCOL("Sec-WebSocket-Protocol"),
    SEC_WEBSOCKET_VERSION("Sec-WebSocket-Version"),
    USER_AGENT("User-Agent"),
    VIA("Via"),
    X_FORWARDED_FOR("X-Forwarded-For", Trait.NOT_IN_TRAILER),
    X_FORWARDED_HOST("X-Forwarded-Host", Trait.NOT_IN_TRAILER),
    X_FORWARDED_PROTO("X-Forwarded-Proto", Trait.NOT_IN_TRAILER),
    X_REAL_IP("X-Real-IP", Trait.NOT_IN_TRAILER),
    X_REQUEST_ID("X-Request-ID"),

    ACCEPT_RANGES("Accept-Ranges"),
    AGE("Age", Trait.NOT_IN_TRAILER),
    ALLOW("Allow"),
    CACHE_CONTROL("Cache-Control", Trait.NOT_IN_TRAILER),
    CONTENT_DISPOSITION("Content-Disposition"),
    CONTENT_ENCODING("Content-Encoding", Trait.NOT_IN_TRAILER),
    CONTENT_LANGUAGE("Content-Language"),
    CONTENT_LOCATION("Content-Location"),
    CONTENT_RANGE("Content-Range", Trait.ONCE, Trait.NOT_IN_TRAILER),
    CONTENT_TYPE("Content-Type", Trait.NOT_IN_TRAILER),
    DATE("Date", Trait.NOT_IN_TRAILER),
    ETAG("ETag"),
    EXPIRES("Expires", Trait.NOT_IN_TRAILER),
    LAST_MODIFIED("Last-Modified"),
    LINK("Link"),
    LOCATION("Location", Trait.NOT_IN_TRAILER),
    REFRESH("Refresh"),
    RETRY_AFTER("Retry-After", Trait.NOT_IN_TRAILER),
    SERVER("Server"),
    SET_COOKIE("Set-Cookie", Trait.NOT_IN_TRAILER),
    STRICT_TRANSPORT_SECURITY("Strict-Transport-Security"),
    VARY("Vary", Trait.NOT_IN_TRAILER),
    WWW_AUTHENTICATE("WWW-Authenticate", Trait.NOT_IN_TRAILER),
    X_ACCEL_BUFFERING("X-Accel-Buffering"),
    X_ACCEL_CHARSET("X-Accel-Charset"),
    X_ACCEL_EXPIRES("X-Accel-Expires"),
    X_ACCEL_LIMIT_RATE("X-Accel-Limit-Rate"),
    X_ACCEL_REDIRECT("X-Accel-Redirect");

    private final String text;
    private final boolean hopByHop;
    private final boolean once;
    private final boolean allowedInTrailer;

    HeaderName(String text, Trait... traits) {
        this.text = text;
        boolean hop = false;
        boolean single = false;
        boolean trailer = true;
        for (Trait trait : traits) {
            hop |= trait == Trait.HOP_BY_HOP;
            single |= trait == Trait.ONCE;
            trailer &= trait != Trait.NOT_IN_TRAILER;
        }
        this.hopByHop = hop;
        this.once = single;
        this.allowedInTrailer = trailer;
    }

    /** @return the name as it is usually written */
    public String text() {
        return text;
    }

    /** @return whether the header belongs to one connection and is never passed on (RFC 9110, 7.6.1) */
    public boolean hopByHop() {
        return hopByHop;
    }

    /** @return whether a request with two lines of this name is refused */
    boolean once() {
        return once;
    }

    /** @return false for framing, routing, credentials and what describes the body (RFC 9110, 6.5.1) */
    boolean allowedInTrailer() {
        return allowedInTrailer;
    }

    private enum Trait {
        HOP_BY_HOP,
        ONCE,
        NOT_IN_TRAILER
    }
}
