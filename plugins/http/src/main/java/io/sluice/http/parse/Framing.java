package io.sluice.http.parse;

import java.nio.charset.StandardCharsets;

/** Content-Length and Transfer-Encoding of one message, read so that only one reading is possible (RFC 9112, 6). */
final class Framing {
    private static final byte[] CHUNKED = "chunked".getBytes(StandardCharsets.US_ASCII);
    /** Digits of {@link Long#MAX_VALUE}. */
    private static final int MOST_DIGITS = 19;

    private long contentLength = -1;
    private boolean chunked;

    void reset() {
        contentLength = -1;
        chunked = false;
    }

    /** @return -1 if the message has no Content-Length */
    long contentLength() {
        return contentLength;
    }

    boolean chunked() {
        return chunked;
    }

    /**
     * One or more digits and nothing else. A leading zero is refused because some read it as octal, and a list of
     * equal numbers, which RFC 9110 (8.6) lets a recipient accept or refuse, is refused.
     */
    Fault length(byte[] bytes, int from, int to) {
        if (contentLength >= 0) {
            return Fault.DUPLICATE_HEADER;
        }
        if (chunked) {
            return Fault.LENGTH_AND_CODING;
        }
        int digits = to - from;
        if (digits == 0 || digits > MOST_DIGITS || (bytes[from] == '0' && digits > 1)) {
            return Fault.BAD_CONTENT_LENGTH;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            if (!Octets.isDigit(bytes[i])) {
                return Fault.BAD_CONTENT_LENGTH;
            }
            value = value * 10 + (bytes[i] - '0');
        }
        // Nineteen digits wrap at most once, to a negative number.
        if (value < 0) {
            return Fault.BAD_CONTENT_LENGTH;
        }
        contentLength = value;
        return Fault.NONE;
    }

    /** Exactly {@code chunked}. */
    Fault coding(byte[] bytes, int from, int to, boolean http11) {
        if (!http11) {
            return Fault.CODING_IN_HTTP_1_0;
        }
        if (chunked) {
            return Fault.DUPLICATE_HEADER;
        }
        if (contentLength >= 0) {
            return Fault.LENGTH_AND_CODING;
        }
        if (!Octets.same(bytes, from, to, CHUNKED)) {
            return refused(bytes, from, to);
        }
        chunked = true;
        return Fault.NONE;
    }

    /** A well-formed list of other codings is something we do not implement; all else is an error of the sender. */
    private static Fault refused(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int end = i;
            while (end < to && Token.has(bytes[end])) {
                end++;
            }
            boolean isChunked = Octets.same(bytes, i, end, CHUNKED);
            boolean last = end == to;
            if (end == i || (isChunked && !last)) {
                return Fault.BAD_TRANSFER_ENCODING;
            }
            if (last) {
                return Fault.UNKNOWN_CODING;
            }
            i = end;
            while (i < to && Octets.isBlank(bytes[i])) {
                i++;
            }
            if (bytes[i] != ',') {
                return Fault.BAD_TRANSFER_ENCODING;
            }
            i++;
            while (i < to && Octets.isBlank(bytes[i])) {
                i++;
            }
        }
        return Fault.BAD_TRANSFER_ENCODING;
    }
}
