package io.sluice.core.connection;

/** Why a connection is closed, told to its consumer. */
public enum CloseReason {
    /** The consumer asked for it: the protocol came to its end. */
    FINISHED,
    /** The other side went away. */
    PEER_CLOSED,
    /** A read or a write failed. */
    IO_ERROR,
    TIMED_OUT,
    /** Its slot was needed for another: it was idle and the oldest of those. */
    DRAINED,
    /** The server stops. */
    SHUTDOWN,
    /** Code of a plugin threw. */
    BUG
}
