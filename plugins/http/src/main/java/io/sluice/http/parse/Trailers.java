package io.sluice.http.parse;

/**
 * The trailer section of a chunked body, checked like a head. It is kept, because its lines may come in pieces and
 * because they may have to be passed on.
 *
 * <p><b>Thread:</b> one worker. What it lends is valid until its decoder is reset.
 */
public final class Trailers {
    private static final boolean[] FORBIDDEN = forbidden();

    private final byte[] bytes;
    private final HeaderReader reader;
    private int filled;
    private int linesEnd;
    private boolean complete;
    private Fault fault = Fault.NONE;

    Trailers(ChunkLimits limits, KnownHeaders known) {
        int most = limits.trailerBytes();
        bytes = new byte[most];
        reader = new HeaderReader(new HeadLimits(1, most, limits.trailers(), most), known, FORBIDDEN);
    }

    /** @return the lines; offsets are indices of {@link #bytes()} */
    public HeaderTable fields() {
        return reader.table();
    }

    /** @return lends the array with the lines, each with its CRLF, in {@code [0, length())} */
    public byte[] bytes() {
        return bytes;
    }

    /** @return bytes of all lines without the empty one that ends them */
    public int length() {
        return linesEnd;
    }

    void reset() {
        reader.reset();
        filled = 0;
        linesEnd = 0;
        complete = false;
        fault = Fault.NONE;
    }

    Fault fault() {
        return fault;
    }

    /**
     * Takes the bytes up to the end of the first line in {@code in[from, to)}, or all if none ends there.
     *
     * @return how many it took, or -1 if there is a fault
     */
    int take(byte[] in, int from, int to) {
        int end = from;
        while (end < to && in[end] != Octets.LF) {
            end++;
        }
        boolean whole = end < to;
        int count = (whole ? end + 1 : to) - from;
        if (count > bytes.length - filled) {
            fault = Fault.TRAILER_TOO_LARGE;
            return -1;
        }
        System.arraycopy(in, from, bytes, filled, count);
        filled += count;
        return !whole || line() ? count : -1;
    }

    boolean complete() {
        return complete;
    }

    private boolean line() {
        switch (reader.next(bytes, filled)) {
            case HEADER -> fault = Fault.FORBIDDEN_TRAILER;
            case BAD -> fault = reader.fault() == Fault.HEAD_TOO_LARGE ? Fault.TRAILER_TOO_LARGE : reader.fault();
            case MORE -> linesEnd = reader.position();
            case END -> complete = true;
        }
        return fault == Fault.NONE;
    }

    private static boolean[] forbidden() {
        HeaderName[] names = HeaderName.values();
        boolean[] forbidden = new boolean[names.length];
        for (HeaderName name : names) {
            forbidden[name.ordinal()] = !name.allowedInTrailer();
        }
        return forbidden;
    }
}
