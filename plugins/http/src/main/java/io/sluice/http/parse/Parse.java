package io.sluice.http.parse;

/** What a head parser came to with the bytes it has seen so far. */
public enum Parse {
    /** The head is complete; its body, or the next message, begins at the parser's position. */
    DONE,
    /** All complete lines are parsed; the bytes from the parser's position on must be there again next time. */
    MORE,
    /** The message is refused for the parser's fault. Final: later calls answer the same. */
    BAD
}
