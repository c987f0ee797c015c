package io.sluice.http.parse;

/**
 * How large a head may be. Bytes of a line count its CRLF; the total counts all lines from the start line to the
 * empty one. Capacities of buffers are the caller's matter.
 */
public record HeadLimits(int startLineBytes, int headerLineBytes, int headers, int totalBytes) {

    /** No limit may be larger, so that adding one to an array index cannot overflow. */
    public static final int MOST = 1 << 24;

    public HeadLimits {
        check("startLineBytes", startLineBytes);
        check("headerLineBytes", headerLineBytes);
        check("headers", headers);
        check("totalBytes", totalBytes);
        if (totalBytes < startLineBytes) {
            throw new IllegalArgumentException("totalBytes must not be less than startLineBytes");
        }
    }

    private static void check(String name, int value) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException(name + " must be 1.." + MOST + ", is " + value);
        }
    }
}
