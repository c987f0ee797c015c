package io.sluice.upstream;

/** What {@link PeerConnection#connect} came to. */
public enum Attempt {
    /** An idle connection was found: send at once. */
    CACHED,
    /** The session's consumer will hear connected, connectFailed, or timedOut for the direction WRITE. */
    CONNECTING,
    /**
     * The peer cannot be reached, or the balancer refused: ask {@link PeerConnection#next} with {@link
     * RetryPolicy#ERROR}.
     */
    DECLINED,
    /** No peer may be tried now. Nothing is held. */
    BUSY,
    /**
     * All peers that may be tried are full, and the upstream lets requests wait: the {@link PeerWaiter} will hear. Never
     * answered to one who gave none.
     */
    QUEUED,
    /**
     * We lack a slot, a descriptor or the local address: no peer's fault, nothing is held, and another attempt is no
     * use.
     */
    ERROR
}
