package io.sluice.stream.proxy;

/** What there is to tell of one attempt to serve a session by a peer (ngx_stream_upstream_state_t). */
final class PeerTry {
    /** Of a time that never came. */
    static final long UNSET = -1;

    final String peer;
    final long startNanos;
    long connectMillis = UNSET;
    long firstByteMillis = UNSET;
    long sessionMillis = UNSET;
    long bytesSent;
    long bytesReceived;

    PeerTry(String peer, long startNanos) {
        this.peer = peer;
        this.startNanos = startNanos;
    }

    long millisUntil(long nanos) {
        return (nanos - startNanos) / 1_000_000;
    }
}
