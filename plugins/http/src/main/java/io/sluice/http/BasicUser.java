package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.variable.BytesSink;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HeaderTable;

/** {@code $remote_user}: whom a client says it is, by Basic authentication (RFC 7617, ngx_http_auth_basic_user); nobody has checked it. */
final class BasicUser {
    private static final byte[] SCHEME = {'b', 'a', 's', 'i', 'c', ' '};

    private BasicUser() {}

    static boolean write(HttpRequest request, BytesSink out) {
        RequestState r = request.state();
        HeaderTable headers = r.parser.headers();
        int header = headers.first(HeaderName.AUTHORIZATION);
        if (header < 0 || headers.valueLength(header) <= SCHEME.length) {
            return false;
        }
        Buf in = r.segment(headers.segment(header));
        int at = headers.valueOffset(header);
        int end = at + headers.valueLength(header);
        if (!HeaderNames.is(in, at, SCHEME)) {
            return false;
        }
        at += SCHEME.length;
        while (at < end && in.get(at) == ' ') {
            at++;
        }
        return decode(in, at, end, out);
    }

    /** Up to the colon before the password; without one nobody is named. */
    private static boolean decode(Buf in, int from, int end, BytesSink out) {
        int begun = out.count();
        int bits = 0;
        int count = 0;
        for (int at = from; at < end && in.get(at) != '='; at++) {
            int six = sextet(in.get(at));
            if (six < 0) {
                return false;
            }
            bits = bits << 6 | six;
            count += 6;
            if (count >= 8) {
                count -= 8;
                byte decoded = (byte) (bits >> count);
                if (decoded == ':') {
                    return out.count() > begun;
                }
                out.put(decoded);
            }
        }
        return false;
    }

    private static int sextet(byte b) {
        if (b >= 'A' && b <= 'Z') {
            return b - 'A';
        }
        if (b >= 'a' && b <= 'z') {
            return b - 'a' + 26;
        }
        if (b >= '0' && b <= '9') {
            return b - '0' + 52;
        }
        return b == '+' ? 62 : b == '/' ? 63 : -1;
    }
}
