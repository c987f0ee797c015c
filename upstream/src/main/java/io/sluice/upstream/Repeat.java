package io.sluice.upstream;

/** Whether a request that failed can be given to another peer. Its consumer knows. */
public enum Repeat {
    /** Nothing of it has been sent: no peer can have acted on it. */
    UNSENT,
    /** Something was sent; doing it twice changes nothing and all of it is still at hand. */
    SAFE,
    /** Something was sent, a peer may have acted on it, and doing it twice may do harm (RFC 9110, 9.2.2). */
    UNSAFE,
    /** Something was sent and part of it is gone. */
    IMPOSSIBLE
}
