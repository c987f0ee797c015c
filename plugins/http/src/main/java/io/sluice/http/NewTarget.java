package io.sluice.http;

import io.sluice.core.buffer.Buf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a plugin or the configuration puts in the place of a client's target: checked as strictly as what clients send. */
public final class NewTarget {
    private static final int MOST_BYTES = 32 * 1024;

    private NewTarget() {}

    /**
     * A decoded path, one char per byte.
     *
     * @throws IllegalArgumentException if it leads out of the root or cannot be a path
     */
    static byte[] path(String path) {
        if (!isPath(path)) {
            throw new IllegalArgumentException("not the path of a request: " + path);
        }
        return path.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether it begins with a slash, has no dot segment, and one byte for each char. */
    public static boolean isPath(String path) {
        if (path.isEmpty() || path.charAt(0) != '/' || path.length() > MOST_BYTES) {
            return false;
        }
        int segment = 1;
        for (int i = 1; i <= path.length(); i++) {
            boolean end = i == path.length();
            if (end || path.charAt(i) == '/') {
                int length = i - segment;
                boolean dot = length > 0 && length <= 2 && path.charAt(segment) == '.';
                if (dot && (length == 1 || path.charAt(segment + 1) == '.')) {
                    return false;
                }
                segment = i + 1;
            } else if (path.charAt(i) == 0 || path.charAt(i) > 0xff) {
                return false;
            }
        }
        return true;
    }

    static byte[] query(String query) {
        if (!isQuery(query)) {
            throw new IllegalArgumentException("not the query of a request: " + query);
        }
        return query.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether it could stand in a request line. */
    public static boolean isQuery(String query) {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return false;
            }
        }
        return query.length() <= MOST_BYTES;
    }

    static void put(HttpRequest request, byte[] path, byte @Nullable [] query) {
        RequestTarget target = request.state().target;
        request.path(path, path.length);
        if (query == null) {
            target.replaceQuery(null, 0, 0);
        } else {
            Buf buf = request.pool().take(Math.max(1, query.length));
            buf.put(query);
            target.replaceQuery(buf, buf.start(), query.length);
        }
    }
}
