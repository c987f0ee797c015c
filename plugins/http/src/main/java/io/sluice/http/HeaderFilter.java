package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.http.parse.Digits;
import io.sluice.http.parse.HttpDate;
import io.sluice.http.parse.Method;
import io.sluice.http.parse.StatusLines;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes the status line and headers of a response (ngx_http_header_filter_module.c). */
final class HeaderFilter extends HttpFilter {
    private static final byte[] CONTENT_TYPE = ascii("Content-Type: ");
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] LAST_MODIFIED = ascii("Last-Modified: ");
    private static final byte[] ETAG = ascii("ETag: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");

    /** Room for the status line, what the filter adds itself, and the digits of a length. */
    private static final int OWN_BYTES = 320;

    /** A body up to this size is copied behind its header, so that both go with one system call. */
    private static final int SMALL_BODY = 2048;

    private final HttpWorker worker;

    HeaderFilter(HttpWorker worker, @Nullable HttpFilter next) {
        super(next);
        this.worker = worker;
    }

    @Override
    public FilterResult header(HttpRequest request) {
        RequestState r = request.state();
        r.headerSent = true;
        // Not before: what stands above writes the head of HEAD as that of GET.
        r.headerOnly |= r.method() == Method.HEAD || r.status == 204 || r.status == 304;
        if (!r.isMain()) {
            // A part of a page has no header of its own.
            return FilterResult.DONE;
        }
        r.keepAlive = r.keepAlive && !request.owner().endsAfterThis();
        byte[] type = r.contentType;
        byte[] tag = r.entityTag;
        int typeBytes = type == null ? 0 : type.length;
        int tagBytes = tag == null ? 0 : tag.length;
        int body = r.contentLength > 0 && r.contentLength <= SMALL_BODY && !r.headerOnly ? (int) r.contentLength : 0;
        OutHeaders headers = r.outHeaders;
        Pool pool = request.pool();
        int wanted = OWN_BYTES + typeBytes + tagBytes + headers.bytes();
        if (wanted > HeaderNames.PIECE * 4) {
            throw new IllegalStateException("a response's header of " + wanted + " bytes is too large");
        }
        Buf head = pool.take(Math.min(wanted + body, HeaderNames.PIECE * 4));
        putStatusLine(head, r.status);
        head.put(worker.serverHeader().lines());
        if (type != null && r.status != 304) {
            head.put(CONTENT_TYPE);
            head.put(type);
            head.put(HeaderNames.LINE_END);
        }
        if (r.contentLength >= 0 && r.status != 204 && r.status >= 200) {
            putLength(head, r.contentLength);
        } else if (r.chunked) {
            head.put(CHUNKED);
        }
        if (r.lastModified >= 0 && isOfContent(r.status)) {
            putDate(head, r.lastModified);
        }
        if (tag != null) {
            head.put(ETAG);
            head.put(tag);
            head.put(HeaderNames.LINE_END);
        }
        if (!r.keepAlive) {
            head.put(CLOSE);
        } else if (!request.http11()) {
            head.put(KEEP_ALIVE);
        }
        headers.write(head, HeaderNames.COLON_SPACE, HeaderNames.LINE_END);
        head.put(HeaderNames.LINE_END);
        r.headerBytes = (int) head.size();
        r.sentHead = head;
        if (r.headerOnly) {
            head.lastBuf(true).lastInChain(true);
        }
        return below().body(request, pool.link(head));
    }

    private void putStatusLine(Buf head, int status) {
        byte[] line = StatusLines.line(status);
        if (line != null) {
            head.put(line);
            return;
        }
        byte[] scratch = worker.scratch();
        head.put(scratch, 0, StatusLines.write(status, scratch, 0));
    }

    private void putLength(Buf head, long length) {
        byte[] scratch = worker.scratch();
        int end = Digits.decimal(length, scratch, 0);
        head.put(CONTENT_LENGTH);
        head.put(scratch, 0, end);
        head.put(HeaderNames.LINE_END);
    }

    /** As in nginx: the date of a file that stands for an error is not that of what was asked for. */
    private static boolean isOfContent(int status) {
        return status == 200 || status == 206 || status == 304;
    }

    private void putDate(Buf head, long epochSeconds) {
        byte[] scratch = worker.scratch();
        int end = HttpDate.write(epochSeconds, scratch, 0);
        head.put(LAST_MODIFIED);
        head.put(scratch, 0, end);
        head.put(HeaderNames.LINE_END);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
