package io.sluice.upstream.balance;

/** How an attempt ended for its peer. */
public enum Outcome {
    /** Well, or for a reason that is not the peer's; the connection is not used again. */
    DONE,
    /** Well, and the protocol allows another request on the connection. */
    KEEPALIVE,
    /** The peer answered, and the answer was to ask another. Does not count against it. */
    NEXT,
    /** Counts as a failure of the peer. */
    FAILED
}
