package io.sluice.proxy;

import io.sluice.core.buffer.Buf;
import io.sluice.core.variable.BytesSink;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HeaderTable;

/**
 * Finds values in the head of a peer's answer, as nginx's {@code $upstream_http_…} and {@code $upstream_cookie_…} do. Names are given in
 * lower case; letters of any case match.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class AnswerHeaders {
    private AnswerHeaders() {}

    /**
     * Appends the values of all headers of a name, with a comma between them.
     *
     * @return whether there is one
     */
    static boolean header(HeaderTable headers, Buf in, byte[] name, BytesSink out) {
        boolean found = false;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.nameLength(i) == name.length && begins(in, headers.nameOffset(i), name)) {
                if (found) {
                    out.put((byte) ',');
                    out.put((byte) ' ');
                }
                out.put(in, headers.valueOffset(i), headers.valueLength(i));
                found = true;
            }
        }
        return found;
    }

    /**
     * Appends the value of the first cookie of a name that the answer sets (ngx_http_parse_set_cookie_lines).
     *
     * @return whether there is one
     */
    static boolean cookie(HeaderTable headers, Buf in, byte[] name, BytesSink out) {
        int id = HeaderName.SET_COOKIE.ordinal();
        for (int i = headers.first(id); i >= 0; i = headers.next(id, i)) {
            int from = headers.valueOffset(i);
            int end = from + headers.valueLength(i);
            if (headers.valueLength(i) <= name.length || !begins(in, from, name)) {
                continue;
            }
            int equals = behindSpaces(in, from + name.length, end);
            if (equals < end && in.get(equals) == '=') {
                int value = behindSpaces(in, equals + 1, end);
                int behind = value;
                while (behind < end && in.get(behind) != ';') {
                    behind++;
                }
                out.put(in, value, behind - value);
                return true;
            }
        }
        return false;
    }

    private static boolean begins(Buf in, int from, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            byte b = in.get(from + i);
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int behindSpaces(Buf in, int from, int end) {
        int at = from;
        while (at < end && in.get(at) == ' ') {
            at++;
        }
        return at;
    }
}
