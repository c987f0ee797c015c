package io.sluice.http;

/** The phases of a request, in nginx's order. */
public enum Phase {
    POST_READ,
    SERVER_REWRITE,
    /** Built in: finds the location, checks the size of the body. */
    FIND_CONFIG,
    REWRITE,
    /** Built in: after a rewrite back to {@link #FIND_CONFIG}. */
    POST_REWRITE,
    PREACCESS,
    ACCESS,
    /** Built in: what several access handlers said together. */
    POST_ACCESS,
    PRECONTENT,
    CONTENT,
    /** Runs when the request is over; what its handlers answer is ignored. */
    LOG;

    boolean builtIn() {
        return this == FIND_CONFIG || this == POST_REWRITE || this == POST_ACCESS;
    }
}
