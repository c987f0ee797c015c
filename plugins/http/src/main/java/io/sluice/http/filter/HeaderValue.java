package io.sluice.http.filter;

import io.sluice.http.HttpRequest;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HttpDate;
import java.util.Arrays;

/**
 * The bytes of one header of a request, copied out to be read: one per filter and worker, lent to the next who reads.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class HeaderValue {
    private byte[] bytes = new byte[256];
    private int length;

    /** Takes the value of a header of the request. */
    void read(HttpRequest request, int header) {
        int wanted = request.headerValueLength(header);
        if (wanted > bytes.length) {
            bytes = new byte[wanted];
        }
        length = request.headerValue(header, bytes);
    }

    /** Takes the value of the first header of the answer of a name. @return whether there is one */
    boolean readAnswer(HttpRequest request, HeaderName name) {
        int header = request.responseHeaderIndex(name);
        if (header < 0) {
            return false;
        }
        length = request.responseHeaderValue(header, bytes);
        if (length > bytes.length) {
            bytes = new byte[length];
            length = request.responseHeaderValue(header, bytes);
        }
        return true;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /** Valid up to {@link #length}. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** The date it is, or {@link HttpDate#NONE}. */
    long date() {
        return HttpDate.parse(bytes, 0, length);
    }

    /** When what an answer shows was changed: as its handler says it, or a peer among its headers; {@link HttpDate#NONE} if nobody does. */
    static long lastModified(HttpRequest request, HeaderValue scratch) {
        long own = request.lastModified();
        return own < 0 && scratch.readAnswer(request, HeaderName.LAST_MODIFIED) ? scratch.date() : own;
    }
}
