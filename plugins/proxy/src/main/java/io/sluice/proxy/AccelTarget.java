package io.sluice.proxy;

import io.sluice.http.NewTarget;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a peer wants the request to go on (X-Accel-Redirect): a path with its query, or a named location.
 *
 * @param path decoded, one char per byte; or the name with its @
 */
record AccelTarget(String path, @Nullable String query) {
    boolean isNamed() {
        return path.startsWith("@");
    }

    /**
     * Reads the header's value: an escaped path, with a query behind a question mark (ngx_http_parse_unsafe_uri).
     *
     * @return null if it leads nowhere: it begins without a slash, has a dot segment or a zero, or a bad escape
     */
    static @Nullable AccelTarget parse(String value) {
        if (value.startsWith("@")) {
            return new AccelTarget(value, null);
        }
        int mark = value.indexOf('?');
        String path = decoded(mark < 0 ? value : value.substring(0, mark));
        String query = mark < 0 ? null : value.substring(mark + 1);
        if (path == null || !NewTarget.isPath(path) || (query != null && !NewTarget.isQuery(query))) {
            return null;
        }
        return new AccelTarget(path, query);
    }

    private static @Nullable String decoded(String escaped) {
        if (escaped.indexOf('%') < 0) {
            return escaped;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%') {
                int high = i + 2 < escaped.length() ? Character.digit(escaped.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(escaped.charAt(i + 2), 16);
                if (low < 0) {
                    return null;
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
