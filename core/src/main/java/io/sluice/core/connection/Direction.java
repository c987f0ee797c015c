package io.sluice.core.connection;

/** One of the two events of a connection. */
public enum Direction {
    READ,
    WRITE
}
