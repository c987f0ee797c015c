package io.sluice.core.buffer;

/** What a path leads to. */
public enum FileKind {
    REGULAR,
    DIRECTORY,
    /** A FIFO, a socket, a device: nothing that is sent from. */
    OTHER
}
