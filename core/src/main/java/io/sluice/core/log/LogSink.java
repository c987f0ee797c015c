package io.sluice.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The end of the way of log lines: a file, a stream, a test's memory.
 *
 * <p><b>Thread:</b> the log's; it may block there and nowhere else.
 */
public interface LogSink {
    /** Where a {@link LogWriter} gets its files from: the disk, or what a test puts in its place. */
    @FunctionalInterface
    interface Opener {
        /** @throws IOException if it can be neither opened for appending nor made */
        LogSink open(Path path) throws IOException;
    }

    /** As told to the reader of a log: a path, or {@code stderr}. */
    String name();

    /**
     * Writes whole lines, in one piece where the system can. The position moves with what was written, so that after a
     * failure the remaining bytes are those that were not.
     *
     * @throws IOException if not all could be written
     */
    void write(ByteBuffer wholeLines) throws IOException;

    /**
     * Goes on in a new file of the same name, after the old one was renamed.
     *
     * @throws IOException if there is no new one; the old one is kept
     */
    void reopen() throws IOException;

    void close() throws IOException;
}
