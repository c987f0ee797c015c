package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.http.parse.Fault;
import io.sluice.http.parse.RequestLine;
import io.sluice.http.parse.UriNormalizer;

/** Makes the path of a client's target the one that everybody decides by: decoded, without dots and doubled slashes. One per worker. */
final class PathReader {
    private final byte[] scratch;
    private final UriNormalizer normalizer = new UriNormalizer();

    /** @param scratch for bytes between two statements, twice as large as any path */
    PathReader(byte[] scratch) {
        this.scratch = scratch;
    }

    /** Answers {@link Fault#NONE}, or what is wrong with the path. */
    Fault read(HttpRequest request, RequestState r) {
        RequestLine line = r.parser.line();
        Buf buf = r.segment(line.segment());
        r.target.ofLine(line, buf);
        int length = line.pathLength();
        if (length == 0) {
            // http://host without a path means its root (RFC 9110, 4.2.3).
            Buf root = request.pool().take(1);
            root.put((byte) '/');
            r.target.path(root, root.start(), 1);
        } else if (line.complexPath()) {
            buf.get(line.pathOffset(), scratch, 0, length);
            if (!normalizer.normalize(scratch, 0, length, scratch, length)) {
                return normalizer.fault();
            }
            int normalLength = normalizer.end() - length;
            Buf path = request.pool().take(Math.max(1, normalLength));
            path.put(scratch, length, normalLength);
            r.target.path(path, path.start(), normalLength);
        } else {
            r.target.path(buf, line.pathOffset(), length);
        }
        return Fault.NONE;
    }
}
