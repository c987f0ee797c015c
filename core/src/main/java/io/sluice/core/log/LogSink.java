package io.sluice.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The end of the way of log lines: a file, a stream, a test's memory.
 *
 * <p><b>Thread:</b> the log's; it may block there and nowhere else.
 */
public interface LogSink {
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
