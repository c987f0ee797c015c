package io.sluice.core.log;

import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Whole lines on their way to a file: an entry of an error log, or a worker's buffer of an access log. Belongs to whoever
 * holds it: the filler, then the queue, then the log's thread, which sends a buffer home as soon as it has copied it.
 */
final class LogBlock {
    final byte[] bytes;
    int count;
    int lines;
    private final @Nullable Queue<LogBlock> home;

    private LogBlock(byte[] bytes, @Nullable Queue<LogBlock> home) {
        this.bytes = bytes;
        this.home = home;
    }

    /** An entry: never changed again, so several files may hold it. */
    static LogBlock of(byte[] wholeLines) {
        LogBlock block = new LogBlock(wholeLines, null);
        block.count = wholeLines.length;
        for (byte b : wholeLines) {
            if (b == '\n') {
                block.lines++;
            }
        }
        return block;
    }

    /**
     * An empty buffer.
     *
     * @param home takes it back when its lines were copied
     */
    static LogBlock buffer(int bytes, Queue<LogBlock> home) {
        return new LogBlock(new byte[bytes], home);
    }

    void clear() {
        count = 0;
        lines = 0;
    }

    /** The last use of it by the log's thread. */
    void sendHome() {
        if (home != null) {
            home.offer(this);
        }
    }
}
