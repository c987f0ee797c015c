package io.sluice.core.buffer;

/** A file that a driver opened and can send from. Each driver sends only its own. */
public interface OpenFile extends AutoCloseable {
    /** Bytes, as they were when the file was opened. */
    long size();

    @Override
    void close();
}
