package io.sluice.http.filter;

import io.sluice.http.HttpRequest;
import io.sluice.http.parse.HttpDate;

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
}
