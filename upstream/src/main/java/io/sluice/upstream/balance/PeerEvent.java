package io.sluice.upstream.balance;

/** What a consumer tells of an attempt while it lasts. */
public enum PeerEvent {
    /**
     * The connection is established. Told by consumers whose sessions are long: it ends a peer's rest at once. HTTP
     * does not tell it and waits for the end of the exchange.
     */
    CONNECTED,
    /** The first byte of an answer has come. */
    FIRST_BYTE,
    /** The head of the answer is complete. */
    HEADER
}
