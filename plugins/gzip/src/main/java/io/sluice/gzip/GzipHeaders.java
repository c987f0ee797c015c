package io.sluice.gzip;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Constant;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.HeaderName;
import java.nio.charset.StandardCharsets;

/**
 * What compression changes in a response's head: the coding, no length, no ranges, a weak entity tag; and what it says of responses that
 * are compressed for others, Vary.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class GzipHeaders {
    private static final byte[] VARY_NAME = ascii("Vary: ");
    private static final byte[] VARY_VALUE = ascii("Accept-Encoding");
    private static final byte[] VARIES = ascii("accept-encoding");
    private static final byte[] VARIES_BY_ANYTHING = {'*'};
    private static final byte[] SEPARATOR = {',', ' '};
    private static final byte[] ENCODING_NAME = ascii("Content-Encoding: ");
    private static final byte[] TAG_NAME = ascii("ETag: ");
    private static final byte[] WEAK = {'W', '/'};

    private static final Constant VARY = Constant.of(join(VARY_NAME, VARY_VALUE));
    private static final Constant ENCODING = Constant.of(join(ENCODING_NAME, ascii("gzip")));

    /** Longer lines stay as they are: a Vary gets a line of its own, an entity tag is taken away. */
    private static final int LONGEST_VALUE = 4096;

    private final byte[] scratch = new byte[LONGEST_VALUE];

    /** Says that the response depends on Accept-Encoding, in the line that says on what else it depends. */
    void vary(HttpRequest request) {
        int room = VARY_NAME.length + VARY_VALUE.length;
        int id = HeaderName.VARY.ordinal();
        boolean others = false;
        for (int header = 0; header < request.responseHeaderCount(); header++) {
            if (request.responseHeaderId(header) == id) {
                int length = request.responseHeaderValue(header, scratch);
                if (length > LONGEST_VALUE) {
                    add(request, VARY, id, VARY_NAME.length);
                    return;
                }
                if (Words.lists(scratch, 0, length, VARIES) || Words.lists(scratch, 0, length, VARIES_BY_ANYTHING)) {
                    return;
                }
                others = true;
                room += length + SEPARATOR.length;
            }
        }
        if (others) {
            merge(request, room);
        } else {
            add(request, VARY, id, VARY_NAME.length);
        }
    }

    private void merge(HttpRequest request, int room) {
        int id = HeaderName.VARY.ordinal();
        Buf line = request.pool().take(room);
        line.put(VARY_NAME);
        for (int header = 0; header < request.responseHeaderCount(); header++) {
            if (request.responseHeaderId(header) == id) {
                int length = request.responseHeaderValue(header, scratch);
                if (length > 0) {
                    line.put(scratch, 0, length);
                    line.put(SEPARATOR);
                }
            }
        }
        line.put(VARY_VALUE);
        request.removeResponseHeader(HeaderName.VARY);
        add(request, line, id, VARY_NAME.length);
    }

    /** Says that the body comes in gzip. */
    void compressed(HttpRequest request) {
        add(request, ENCODING, HeaderName.CONTENT_ENCODING.ordinal(), ENCODING_NAME.length);
        request.responseLength(-1);
        request.allowRanges(false);
        request.removeResponseHeader(HeaderName.ACCEPT_RANGES);
        weaken(request);
    }

    /** Compressed bytes are not those that a strong tag stands for (RFC 9110, 8.8.1). What is no tag is taken away, as in nginx. */
    private void weaken(HttpRequest request) {
        int header = request.responseHeaderIndex(HeaderName.ETAG);
        byte[] own = header < 0 ? request.entityTag() : null;
        if (header < 0 && own == null) {
            return;
        }
        byte[] tag = own == null ? scratch : own;
        int length = own == null ? request.responseHeaderValue(header, scratch) : own.length;
        if (length > 2 && length <= tag.length && tag[0] == 'W' && tag[1] == '/') {
            return;
        }
        request.entityTag(null);
        request.removeResponseHeader(HeaderName.ETAG);
        if (length > 0 && length <= tag.length && tag[0] == '"') {
            Buf line = request.pool().take(TAG_NAME.length + WEAK.length + length);
            line.put(TAG_NAME);
            line.put(WEAK);
            line.put(tag, 0, length);
            add(request, line, HeaderName.ETAG.ordinal(), TAG_NAME.length);
        }
    }

    private static void add(HttpRequest request, Constant line, int id, int nameBytes) {
        add(request, request.pool().view(line), id, nameBytes);
    }

    /** @param nameBytes with colon and space */
    private static void add(HttpRequest request, Buf line, int id, int nameBytes) {
        request.addLine(line, id, nameBytes - 2, line.start(), line.last());
    }

    private static byte[] join(byte[] name, byte[] value) {
        byte[] line = new byte[name.length + value.length];
        System.arraycopy(name, 0, line, 0, name.length);
        System.arraycopy(value, 0, line, name.length, value.length);
        return line;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
