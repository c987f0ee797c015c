package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.variable.BytesSink;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HeaderTable;

/**
 * Finds one cookie among those a client sends, by the rules of ngx_http_parse_multi_header_lines: the first of a name wins, letters of any
 * case, over all lines; a comma separates too, but ends no value.
 */
final class CookieHeader {
    private CookieHeader() {}

    /**
     * Appends a cookie's value.
     *
     * @return whether there is one
     */
    static boolean find(RequestState r, byte[] lowerCase, BytesSink out) {
        HeaderTable headers = r.parser.headers();
        int id = HeaderName.COOKIE.ordinal();
        for (int i = headers.first(id); i >= 0; i = headers.next(id, i)) {
            int from = headers.valueOffset(i);
            if (find(r.segment(headers.segment(i)), from, from + headers.valueLength(i), lowerCase, out)) {
                return true;
            }
        }
        return false;
    }

    /** In one line, of which only {@code [from, end)} is looked at. */
    static boolean find(Buf line, int from, int end, byte[] lowerCase, BytesSink out) {
        int at = from;
        while (at < end) {
            int value = valueOf(line, at, end, lowerCase);
            if (value >= 0) {
                for (int i = value; i < end && line.get(i) != ';'; i++) {
                    out.put(line.get(i));
                }
                return true;
            }
            while (at < end && line.get(at) != ';' && line.get(at) != ',') {
                at++;
            }
            at = behindSpaces(line, Math.min(at + 1, end), end);
        }
        return false;
    }

    /** Where the value begins of the cookie that stands there, or -1 if it is another. */
    private static int valueOf(Buf line, int at, int end, byte[] lowerCase) {
        if (end - at <= lowerCase.length) {
            return -1;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            byte b = line.get(at + i);
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase[i]) {
                return -1;
            }
        }
        int equals = behindSpaces(line, at + lowerCase.length, end);
        return equals == end || line.get(equals) != '=' ? -1 : behindSpaces(line, equals + 1, end);
    }

    private static int behindSpaces(Buf line, int from, int end) {
        int at = from;
        while (at < end && line.get(at) == ' ') {
            at++;
        }
        return at;
    }
}
