package io.sluice.core.connection;

/** Options of a socket that a driver may know. Values are ints; on and off are 1 and 0. */
public enum SocketOption {
    TCP_NODELAY,
    /** Hold partial segments back until it is taken off again. Linux only. */
    TCP_CORK,
    /** Bytes of the system's receive buffer. */
    RECEIVE_BUFFER,
    /** Bytes of the system's send buffer. */
    SEND_BUFFER,
    KEEPALIVE,
    KEEPALIVE_IDLE_SECONDS,
    KEEPALIVE_INTERVAL_SECONDS,
    KEEPALIVE_PROBES,
    /** Bytes not yet sent above which the socket is not writable. Linux only. */
    NOTSENT_LOWAT
}
