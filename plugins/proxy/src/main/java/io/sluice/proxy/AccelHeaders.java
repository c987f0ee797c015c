package io.sluice.proxy;

import io.sluice.core.buffer.Buf;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HeaderTable;
import io.sluice.http.parse.ResponseHeadParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Does what a peer asks for by X-Accel headers (ngx_http_upstream_process_headers). */
final class AccelHeaders {
    private static final byte[] CHARSET = "; charset=".getBytes(StandardCharsets.US_ASCII);

    /** What of a peer's head still counts when the content comes from elsewhere; by ordinal. */
    private static final boolean[] TAKEN_ALONG = takenAlong();

    private AccelHeaders() {}

    private static boolean[] takenAlong() {
        boolean[] along = new boolean[HeaderName.values().length];
        for (HeaderName name : new HeaderName[] {
            HeaderName.CONTENT_TYPE,
            HeaderName.SET_COOKIE,
            HeaderName.CONTENT_DISPOSITION,
            HeaderName.CACHE_CONTROL,
            HeaderName.EXPIRES,
            HeaderName.ACCEPT_RANGES
        }) {
            along[name.ordinal()] = true;
        }
        return along;
    }

    /** X-Accel-Limit-Rate: a number of bytes a second, 0 for no limit. What is no number says nothing. */
    static void limitRate(ResponseHeadParser head, Buf in, HttpRequest request, int ignored) {
        int header = AccelHeader.X_ACCEL_LIMIT_RATE.in(head.headers(), ignored);
        if (header < 0) {
            return;
        }
        int from = head.headers().valueOffset(header);
        int length = head.headers().valueLength(header);
        long rate = 0;
        for (int i = 0; i < length; i++) {
            int digit = in.get(from + i) - '0';
            if (digit < 0 || digit > 9 || rate > Integer.MAX_VALUE) {
                return;
            }
            rate = rate * 10 + digit;
        }
        if (length > 0) {
            request.limitRate(rate);
        }
    }

    /** The value of X-Accel-Redirect, or null. */
    static @Nullable String redirect(ResponseHeadParser head, Buf in, int ignored) {
        int header = AccelHeader.X_ACCEL_REDIRECT.in(head.headers(), ignored);
        return header < 0
                ? null
                : in.text(head.headers().valueOffset(header), head.headers().valueLength(header));
    }

    /** Gives the answer from elsewhere those headers of the peer that are about any content of this request. */
    static void takeAlong(ResponseHeadParser head, Buf in, HttpRequest to) {
        HeaderTable headers = head.headers();
        for (int i = 0; i < headers.size(); i++) {
            int id = headers.id(i);
            if (id >= 0 && TAKEN_ALONG[id] && !head.namedByConnection(i)) {
                to.addHeader(
                        in,
                        id,
                        headers.nameOffset(i),
                        headers.nameLength(i),
                        headers.valueOffset(i),
                        headers.valueLength(i));
            }
        }
    }

    /** X-Accel-Charset: takes the place of what the answer's type says of its charset, if it has a type. */
    static void charset(ResponseHeadParser head, Buf in, HttpRequest request, int ignored) {
        int header = AccelHeader.X_ACCEL_CHARSET.in(head.headers(), ignored);
        byte[] type = header < 0 || !request.isMain() ? null : request.contentType();
        if (type == null || type.length == 0) {
            return;
        }
        int length = head.headers().valueLength(header);
        byte[] charset = new byte[length];
        in.get(head.headers().valueOffset(header), charset, 0, length);
        if (!isName(charset)) {
            return;
        }
        int end = withoutCharset(type);
        byte[] made = Arrays.copyOf(type, end + CHARSET.length + length);
        System.arraycopy(CHARSET, 0, made, end, CHARSET.length);
        System.arraycopy(charset, 0, made, end + CHARSET.length, length);
        request.contentType(made);
    }

    /** A name of a charset needs no more (RFC 2978, 2.3), and nothing else comes behind our own words. */
    private static boolean isName(byte[] text) {
        for (byte b : text) {
            boolean plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            if (!plain && "-_.:+".indexOf(b) < 0) {
                return false;
            }
        }
        return text.length > 0;
    }

    /** Where a type ends that may say a charset: what stands behind that goes with it, as in nginx. */
    private static int withoutCharset(byte[] type) {
        String text = new String(type, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        for (int at = text.indexOf(';'); at >= 0; at = text.indexOf(';', at + 1)) {
            if (text.substring(at + 1).stripLeading().startsWith("charset=")) {
                return text.substring(0, at).stripTrailing().length();
            }
        }
        return type.length;
    }
}
