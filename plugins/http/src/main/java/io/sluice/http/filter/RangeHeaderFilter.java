package io.sluice.http.filter;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Constant;
import io.sluice.core.time.Randomness;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpFilter;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HttpDate;
import io.sluice.http.parse.Method;
import java.nio.charset.StandardCharsets;

/**
 * Decides whether a client that asks for ranges gets them, and writes the header of such an answer
 * (ngx_http_range_header_filter_module). It sits below the filters that change bodies: whoever does so takes the ranges away first.
 */
final class RangeHeaderFilter extends HttpFilter {
    private static final Constant ACCEPT_RANGES = Constant.of(ascii("Accept-Ranges: bytes"));
    private static final byte[] CONTENT_RANGE = ascii("Content-Range");
    private static final byte[] BYTES = ascii(": bytes ");
    private static final byte[] MULTIPART = ascii("multipart/byteranges; boundary=");
    private static final int NAME_BYTES = "Accept-Ranges".length();
    private static final int PARTIAL = 206;
    private static final int NOT_SATISFIABLE = 416;

    private final Randomness random;
    private final HeaderValue value = new HeaderValue();

    RangeHeaderFilter(Randomness random, HttpFilter next) {
        super(next);
        this.random = random;
    }

    @Override
    public FilterResult header(HttpRequest request) {
        if (!request.allowsRanges() || request.status() != 200 || request.responseLength() < 0 || !request.isMain()) {
            return below().header(request);
        }
        int most = request.settings(RangeSettings.KEY).maxRanges();
        if (most == 0) {
            return below().header(request);
        }
        int range = request.header(HeaderName.RANGE);
        if (range >= 0 && isWanted(request, range)) {
            value.read(request, range);
            RangeCut cut = RangeCut.of(request);
            int allowed = request.isSingleRange() ? 1 : most;
            switch (cut.ranges.read(value.bytes(), value.length(), request.responseLength(), allowed)) {
                case PARTS -> {
                    partial(request, cut);
                    return below().header(request);
                }
                case NOTHING -> {
                    return request.replace(NOT_SATISFIABLE, "Content-Range", "bytes */" + request.responseLength());
                }
                case WHOLE -> {}
            }
        }
        Buf line = request.pool().view(ACCEPT_RANGES);
        request.addLine(line, HeaderName.ACCEPT_RANGES.ordinal(), NAME_BYTES, line.start(), line.last());
        return below().header(request);
    }

    /** Whether the header counts: it is of bytes, and If-Range, if there is one, says that the client has a part of this very body. */
    private boolean isWanted(HttpRequest request, int range) {
        Method method = request.method();
        if (method != Method.GET && method != Method.HEAD) {
            return false;
        }
        value.read(request, range);
        if (!ByteRanges.isOfBytes(value.bytes(), value.length())) {
            return false;
        }
        int ifRange = request.header(HeaderName.IF_RANGE);
        if (ifRange < 0) {
            return true;
        }
        value.read(request, ifRange);
        if (EntityTags.isTag(value.bytes(), value.length())) {
            byte[] tag = request.entityTag();
            // Weak tags do not say that two bodies are the same byte by byte (RFC 9110, 13.1.5), whatever nginx makes
            // of them.
            return tag != null && EntityTags.isStrongly(value.bytes(), value.length(), tag);
        }
        long since = value.date();
        return since != HttpDate.NONE && since == request.lastModified();
    }

    private void partial(HttpRequest request, RangeCut cut) {
        boolean single = cut.ranges.count() == 1;
        byte[] type = single ? null : request.contentType();
        cut.begin(request.responseLength(), type, random);
        request.status(PARTIAL);
        request.responseLength(cut.answerBytes());
        request.removeResponseHeader(HeaderName.ACCEPT_RANGES);
        if (single) {
            contentRange(request, cut);
        } else {
            byte[] multipart = new byte[MULTIPART.length + cut.boundary().length];
            System.arraycopy(MULTIPART, 0, multipart, 0, MULTIPART.length);
            System.arraycopy(cut.boundary(), 0, multipart, MULTIPART.length, cut.boundary().length);
            request.removeResponseHeader(HeaderName.CONTENT_TYPE);
            request.contentType(multipart);
        }
    }

    private static void contentRange(HttpRequest request, RangeCut cut) {
        Buf line = request.pool().take(CONTENT_RANGE.length + BYTES.length + RangeCut.PART_BYTES);
        line.put(CONTENT_RANGE);
        line.put(BYTES);
        cut.putContentRange(0, line);
        request.addLine(line, HeaderName.CONTENT_RANGE.ordinal(), CONTENT_RANGE.length, line.start(), line.last());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
