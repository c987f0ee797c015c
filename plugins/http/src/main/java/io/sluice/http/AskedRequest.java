package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.variable.BytesSink;
import io.sluice.http.parse.BodyFraming;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HeaderTable;
import io.sluice.http.parse.Method;
import io.sluice.http.parse.RequestLine;
import org.jspecify.annotations.Nullable;

/** The part of a request's handle that says what the client asked for. */
abstract class AskedRequest extends RequestHandle {
    AskedRequest(HttpConnection connection) {
        super(connection);
    }

    // ---- its line

    /** What it is treated as: the client's, or what took its place by a redirect or for a subrequest. */
    public final Method method() {
        return state().method();
    }

    /** Whether the client speaks HTTP/1.1 or a later minor version. */
    public final boolean http11() {
        return line().http11();
    }

    private RequestLine line() {
        return state().parser.line();
    }

    public final String methodText() {
        RequestState r = state();
        RequestLine line = line();
        return r.isOwnMethod()
                ? r.method().name()
                : r.segment(line.segment()).text(line.methodOffset(), line.methodLength());
    }

    public final void putMethod(Buf to) {
        RequestState r = state();
        if (r.isOwnMethod()) {
            to.putAscii(r.method().name());
        } else {
            RequestLine line = line();
            to.put(r.segment(line.segment()), line.methodOffset(), line.methodLength());
        }
    }

    public final int methodLength() {
        RequestState r = state();
        return r.isOwnMethod() ? r.method().name().length() : line().methodLength();
    }

    /** The target as the client wrote it, from the path on: what an origin is asked for. A path that took its place is escaped again. */
    public final void putTarget(Buf to) {
        RequestState r = state();
        if (!r.target.isAsWritten()) {
            r.target.put(to, 0);
            return;
        }
        RequestLine line = line();
        Buf from = r.segment(line.segment());
        if (line.pathLength() == 0) {
            to.put((byte) '/');
        } else {
            to.put(from, line.pathOffset(), line.pathLength());
        }
        if (line.hasQuery()) {
            to.put((byte) '?');
            to.put(from, line.queryOffset(), line.queryLength());
        }
    }

    /**
     * The target with another path in the place of a location's: what follows the location in the normalised path is escaped again.
     *
     * @param path what takes the place
     * @param locationLength bytes of the normalised path that it replaces
     */
    public final void putTarget(Buf to, byte[] path, int locationLength) {
        to.put(path);
        RequestTarget target = state().target;
        target.put(to, Math.min(locationLength, target.pathLength()));
    }

    /** What {@link #putTarget(Buf, byte[], int)} needs beside the other path, or more. */
    public final int escapedTargetLength() {
        return state().target.escapedLength();
    }

    /** What {@link #putTarget} needs, or a little more. */
    public final int targetLength() {
        RequestState r = state();
        if (!r.target.isAsWritten()) {
            return r.target.escapedLength();
        }
        RequestLine line = line();
        return line.pathLength() + line.queryLength() + 2;
    }

    /** The normalised path. Allocates. */
    public final String path() {
        return state().target.pathText();
    }

    /** Bytes of the normalised path. */
    public final int pathLength() {
        return state().target.pathLength();
    }

    /** Copies the normalised path. @return where it ends in the array */
    public final int getPath(byte[] into, int at) {
        return state().target.getPath(into, at);
    }

    /** Puts another normalised path in the place of the request's; the location stays (try-files does so). Copies the bytes. */
    public final void path(byte[] normalized, int length) {
        RequestState r = state();
        Buf path = pool().take(Math.max(1, length));
        path.put(normalized, 0, length);
        r.target.replacePath(path, path.start(), length);
    }

    /** The path and query as the client wrote them. Allocates. */
    public final String target() {
        RequestLine line = line();
        return state().segment(line.segment()).text(line.targetOffset(), line.targetLength());
    }

    /** What follows the question mark, or null. Allocates. */
    public final @Nullable String query() {
        return state().target.queryText();
    }

    /** The host without its port, as the client wrote it; empty if it named none. Allocates. */
    public final String host() {
        RequestState r = state();
        int length = r.parser.hostLength();
        return length == 0 ? "" : r.segment(r.parser.hostSegment()).text(r.parser.hostOffset(), length);
    }

    // ---- its headers

    private HeaderTable headers() {
        return state().parser.headers();
    }

    public final int headerCount() {
        return headers().size();
    }

    /** Ordinal of the {@link HeaderName}, or -1. */
    public final int headerId(int header) {
        return headers().id(header);
    }

    /** Whether a header belongs to this connection only and is never passed on. */
    public final boolean isHopByHop(int header) {
        int id = headers().id(header);
        return (id >= 0 && HeaderNames.HOP_BY_HOP[id]) || state().parser.namedByConnection(header);
    }

    /** Whether a header has a name, given in lower case. */
    public final boolean headerIs(int header, byte[] lowerCase) {
        HeaderTable headers = headers();
        if (headers.nameLength(header) != lowerCase.length) {
            return false;
        }
        return HeaderNames.is(state().segment(headers.segment(header)), headers.nameOffset(header), lowerCase);
    }

    /** What {@link #putHeader} needs. */
    public final int headerBytes(int header) {
        HeaderTable headers = headers();
        return headers.nameLength(header) + headers.valueLength(header) + 4;
    }

    /** Copies a header as a line with its CRLF. */
    public final void putHeader(int header, Buf to) {
        HeaderTable headers = headers();
        Buf from = state().segment(headers.segment(header));
        int name = headers.nameOffset(header);
        int nameEnd = name + headers.nameLength(header);
        int value = headers.valueOffset(header);
        if (value == nameEnd + 2) {
            to.put(from, name, value + headers.valueLength(header) - name);
        } else {
            to.put(from, name, headers.nameLength(header));
            to.put(HeaderNames.COLON_SPACE);
            to.put(from, value, headers.valueLength(header));
        }
        to.put(HeaderNames.LINE_END);
    }

    /** Copies a header's value. */
    public final void putHeaderValue(int header, Buf to) {
        HeaderTable headers = headers();
        to.put(state().segment(headers.segment(header)), headers.valueOffset(header), headers.valueLength(header));
    }

    /** Appends a header's value. */
    public final void putHeaderValue(int header, BytesSink out) {
        HeaderTable headers = headers();
        out.put(state().segment(headers.segment(header)), headers.valueOffset(header), headers.valueLength(header));
    }

    public final int headerValueLength(int header) {
        return headers().valueLength(header);
    }

    /** Copies what fits of a header's value. @return bytes copied */
    public final int headerValue(int header, byte[] into) {
        HeaderTable headers = headers();
        int length = Math.min(headers.valueLength(header), into.length);
        state().segment(headers.segment(header)).get(headers.valueOffset(header), into, 0, length);
        return length;
    }

    /** The value of a header. Allocates. */
    public final String headerValue(int header) {
        HeaderTable headers = headers();
        return state().segment(headers.segment(header)).text(headers.valueOffset(header), headers.valueLength(header));
    }

    /** The first header of a name, or -1. */
    public final int header(HeaderName name) {
        return headers().first(name);
    }

    /** The value of the first header of a name, letters of any case, or null. Allocates. */
    public final @Nullable String header(String name) {
        RequestState r = state();
        HeaderTable headers = r.parser.headers();
        for (int i = 0; i < headers.size(); i++) {
            Buf from = r.segment(headers.segment(i));
            if (headers.nameLength(i) == name.length()
                    && from.text(headers.nameOffset(i), headers.nameLength(i)).equalsIgnoreCase(name)) {
                return headerValue(i);
            }
        }
        return null;
    }

    /**
     * Appends the value of a cookie that the client sends, the first of that name.
     *
     * @param lowerCase the name in lower case; letters of any case match, as in nginx
     * @return whether there is one
     */
    public final boolean cookie(byte[] lowerCase, BytesSink out) {
        return CookieHeader.find(state(), lowerCase, out);
    }

    // ---- its body

    /**
     * A subrequest has none, nor has a page in the place of another answer: it is got, and the body was for who did not answer.
     */
    public final BodyFraming bodyFraming() {
        RequestState r = state();
        return hasBody(r) ? r.parser.framing() : BodyFraming.NONE;
    }

    /** As the client announced it; -1 if it did not. */
    public final long contentLength() {
        RequestState r = state();
        return hasBody(r) ? r.parser.contentLength() : -1;
    }

    static boolean hasBody(RequestState r) {
        return r.isMain() && !r.bodyBroken && !r.isOwnMethod();
    }

    /** Whether bytes of the body have been read already: who begins now does not get them. */
    public final boolean bodyBegun() {
        return state().bodyRead > 0;
    }
}
