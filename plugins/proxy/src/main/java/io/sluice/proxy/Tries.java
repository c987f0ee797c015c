package io.sluice.proxy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell of each attempt to serve a client's request by a peer (ngx_http_upstream_state_t), over all locations that the
 * request has come to. Used again for each request.
 *
 * <p><b>Thread:</b> the worker's. <b>Time:</b> of the worker's clock.
 */
final class Tries {
    /** A number about one attempt; {@link #UNSET} until it is known. */
    enum Figure {
        STATUS,
        CONNECT_MILLIS,
        HEADER_MILLIS,
        RESPONSE_MILLIS,
        BYTES_SENT,
        BYTES_RECEIVED,
        /** Of the body, as it came. */
        BODY_BYTES
    }

    static final long UNSET = -1;

    private static final int STRIDE = Figure.values().length;

    // For one attempt, as nearly always: a client that is idle keeps them.
    private long[] figures = new long[STRIDE];
    private long[] startNanos = new long[1];

    /** Null where the request went on elsewhere in the configuration. */
    private @Nullable String[] peers = new String[1];

    private int size;

    /** For a request that no peer was asked about before. */
    void reset() {
        Arrays.fill(peers, 0, size, null);
        size = 0;
    }

    /** The request has come to another location, whose peers are asked now. */
    void elsewhere() {
        if (size > 0 && peers[size - 1] != null) {
            add(null, 0);
        }
    }

    /** An attempt begins. */
    void begin(String peer, long nowNanos) {
        add(peer, nowNanos);
    }

    private void add(@Nullable String peer, long nowNanos) {
        if (size == peers.length) {
            peers = Arrays.copyOf(peers, size * 2);
            startNanos = Arrays.copyOf(startNanos, size * 2);
            figures = Arrays.copyOf(figures, size * 2 * STRIDE);
        }
        int at = size * STRIDE;
        Arrays.fill(figures, at, at + STRIDE, 0);
        set(size, Figure.STATUS, UNSET);
        set(size, Figure.CONNECT_MILLIS, UNSET);
        set(size, Figure.HEADER_MILLIS, UNSET);
        set(size, Figure.RESPONSE_MILLIS, UNSET);
        startNanos[size] = nowNanos;
        peers[size++] = peer;
    }

    /** The peer has answered, or what its failure comes to for the client. */
    void status(int status) {
        if (isBegun()) {
            set(size - 1, Figure.STATUS, status);
        }
    }

    /** Something has come to be: only the first time counts. */
    void reached(Figure time, long nowNanos) {
        if (isBegun() && get(size - 1, time) == UNSET) {
            set(size - 1, time, (nowNanos - startNanos[size - 1]) / 1_000_000);
        }
    }

    /** More bytes of an attempt. */
    void count(Figure bytes, long more) {
        if (isBegun()) {
            set(size - 1, bytes, get(size - 1, bytes) + more);
        }
    }

    /** The attempt is over; nothing happens if it was before. */
    void end(long nowNanos, long bytesSent) {
        if (isBegun() && get(size - 1, Figure.RESPONSE_MILLIS) == UNSET) {
            reached(Figure.RESPONSE_MILLIS, nowNanos);
            set(size - 1, Figure.BYTES_SENT, bytesSent);
        }
    }

    private boolean isBegun() {
        return size > 0 && peers[size - 1] != null;
    }

    int size() {
        return size;
    }

    /** The peer's name; null where the request went on elsewhere in the configuration. */
    @Nullable
    String peer(int i) {
        return peers[i];
    }

    long get(int i, Figure figure) {
        return figures[i * STRIDE + figure.ordinal()];
    }

    private void set(int i, Figure figure, long value) {
        figures[i * STRIDE + figure.ordinal()] = value;
    }
}
