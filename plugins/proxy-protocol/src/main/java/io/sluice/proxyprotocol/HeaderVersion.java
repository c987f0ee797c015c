package io.sluice.proxyprotocol;

/** Which header a peer gets. */
enum HeaderVersion {
    /** None. */
    OFF,
    /** A line of text. */
    V1,
    /** Binary. */
    V2
}
