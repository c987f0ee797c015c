package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.http.parse.RequestLine;
import org.jspecify.annotations.Nullable;

/**
 * Where a request leads: the normalised path and the query of the client's target, or what took their place by a redirect or for a
 * subrequest. Holds where the bytes are, no copies. Recycled with the request's state.
 */
final class RequestTarget {
    private @Nullable Buf path;
    private int pathOffset;
    private int pathLength;
    private @Nullable Buf query;
    private int queryOffset;
    private int queryLength;
    private boolean asWritten;

    /** The query as the client wrote it; the path follows. */
    void ofLine(RequestLine line, Buf segment) {
        asWritten = true;
        query = line.hasQuery() ? segment : null;
        queryOffset = line.queryOffset();
        queryLength = line.queryLength();
    }

    /** The path, decoded and normalised. */
    void path(Buf buf, int offset, int length) {
        path = buf;
        pathOffset = offset;
        pathLength = length;
    }

    /** Something else than the client asked for takes the place of the path; the query stays. */
    void replacePath(Buf buf, int offset, int length) {
        asWritten = false;
        path(buf, offset, length);
    }

    /** @param buf null for no query */
    void replaceQuery(@Nullable Buf buf, int offset, int length) {
        asWritten = false;
        query = buf;
        queryOffset = offset;
        queryLength = length;
    }

    /** As another one: of the request a subrequest is made for. */
    void like(RequestTarget other) {
        path = other.path;
        pathOffset = other.pathOffset;
        pathLength = other.pathLength;
        query = other.query;
        queryOffset = other.queryOffset;
        queryLength = other.queryLength;
        asWritten = other.asWritten;
    }

    /** Whether it is what the client wrote. */
    boolean isAsWritten() {
        return asWritten;
    }

    int pathLength() {
        return pathLength;
    }

    byte pathByte(int index) {
        Buf buf = path;
        if (buf == null) {
            throw new IndexOutOfBoundsException("the request has no path yet");
        }
        return buf.get(pathOffset + index);
    }

    int getPath(byte[] into, int at) {
        Buf buf = path;
        if (buf != null) {
            buf.get(pathOffset, into, at, pathLength);
        }
        return at + pathLength;
    }

    String pathText() {
        Buf buf = path;
        return buf == null ? "" : buf.text(pathOffset, pathLength);
    }

    boolean hasQuery() {
        return query != null;
    }

    int queryLength() {
        return queryLength;
    }

    byte queryByte(int index) {
        Buf buf = query;
        if (buf == null) {
            throw new IndexOutOfBoundsException("the request has no query");
        }
        return buf.get(queryOffset + index);
    }

    @Nullable
    String queryText() {
        Buf buf = query;
        return buf == null ? null : buf.text(queryOffset, queryLength);
    }

    /** Puts the path from a byte on, escaped again, and the query. */
    void put(Buf to, int from) {
        for (int i = from; i < pathLength; i++) {
            HeaderNames.putEscaped(to, pathByte(i));
        }
        Buf buf = query;
        if (buf != null) {
            to.put((byte) '?');
            to.put(buf, queryOffset, queryLength);
        }
    }

    /** What {@link #put} needs, or more. */
    int escapedLength() {
        return pathLength * 3 + queryLength + 2;
    }

    void reset() {
        path = null;
        pathOffset = 0;
        pathLength = 0;
        query = null;
        queryLength = 0;
        asWritten = false;
    }
}
