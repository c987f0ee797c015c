package io.sluice.core.connection;

/** What a socket carries. */
public enum SocketType {
    /** Bytes in order: TCP, or a unix stream socket. */
    STREAM,
    /** Messages, each by itself: UDP, or a unix datagram socket. */
    DATAGRAM
}
