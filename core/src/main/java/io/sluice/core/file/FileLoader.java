package io.sluice.core.file;

import io.sluice.core.buffer.OpenFile;

/**
 * Brings ranges of files into the system's memory on other threads, so that a worker which reads or sends them afterwards does not
 * wait for the disk: the counterpart of nginx's {@code aio threads}. No other thread ever touches a Buf: who is not interested any more
 * may end and close the file while it loads.
 *
 * <p><b>Thread:</b> the worker's. A plugin gets it by {@code context.service(FileLoader.class)}.
 */
public interface FileLoader {
    /** What became of a wish. */
    enum Answer {
        /** The range is in memory already; the listener is not called. */
        LOADED,
        /** The listener is called later, once. */
        COMING,
        /** Too many wait already ({@code thread-pool.max-queue}); the listener is not called. */
        REFUSED
    }

    /** @param done called on this worker, never inside this call */
    Answer load(OpenFile file, long position, long bytes, LoadListener done);
}
