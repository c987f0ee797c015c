package io.sluice.upstream.balance;

/**
 * How an attempt ended for its peer: nginx's set of NGX_PEER_KEEPALIVE, NGX_PEER_NEXT and NGX_PEER_FAILED, of which
 * only these five make sense. That the connection may be kept is said by us; nginx has the bit and never passes it.
 */
public enum Outcome {
    /** Well, or for a reason that is not the peer's; the connection is not used again. */
    DONE,
    /** Well, and the protocol allows another request on the connection. */
    KEEPALIVE,
    /** The peer answered, and the answer was to ask another. Does not count against it. */
    NEXT,
    /** As {@link #NEXT}, and the protocol allows another request on the connection. */
    NEXT_KEEPALIVE,
    /** Counts as a failure of the peer. */
    FAILED;

    /** Whether it counts against the peer. */
    public boolean isFailed() {
        return this == FAILED;
    }

    /** Whether the peer's answer was to ask another. */
    public boolean isNext() {
        return this == NEXT || this == NEXT_KEEPALIVE;
    }

    /** Whether the connection may serve another request. */
    public boolean mayBeKept() {
        return this == KEEPALIVE || this == NEXT_KEEPALIVE;
    }
}
