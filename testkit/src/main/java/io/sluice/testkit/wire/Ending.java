package io.sluice.testkit.wire;

/** How the other side of a connection stands. */
public enum Ending {
    /** Neither closed nor reset, as far as is known. */
    OPEN,
    /** Closed in order: all it sent was read, then came a FIN. It may still be reading. */
    CLOSED,
    /** Reset: a RST came, or a write was answered by one. */
    RESET
}
