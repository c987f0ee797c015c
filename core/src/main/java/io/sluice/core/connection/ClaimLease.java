package io.sluice.core.connection;

/** Counts the connections that hold a cycle through their consumer. */
public interface ClaimLease {
    /** A connection was claimed by a consumer of the cycle. */
    void connectionTaken();

    /** It was given up again. */
    void connectionReturned();
}
