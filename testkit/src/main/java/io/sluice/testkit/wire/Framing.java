package io.sluice.testkit.wire;

/** What said where a body ends. */
public enum Framing {
    /** No body: by the rules, or because the reader said so. */
    NONE,
    CONTENT_LENGTH,
    CHUNKED,
    /** All until the peer closed in order. */
    UNTIL_CLOSE
}
