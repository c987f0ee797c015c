package io.sluice.core.log;

import io.sluice.core.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/**
 * The log thread's half of a {@link LogFile}: gathers lines and writes them with as few system calls as possible, a line
 * never in two.
 *
 * <p><b>Thread:</b> the log's. <b>Invariant:</b> every line it was given was either written or counted as lost.
 */
final class LogOutput {
    private static final long NEVER = Long.MIN_VALUE;

    private final LogSink sink;
    private final Clock clock;
    // Shared by all files of the writer, which are served one after the other.
    private final ByteBuffer batch;
    private final LongAdder lost;
    private int lines;
    private long failedSecond = NEVER;
    private boolean midLine;
    private String problem = "";

    LogOutput(LogSink sink, Clock clock, ByteBuffer batch, LongAdder lost) {
        this.sink = sink;
        this.clock = clock;
        this.batch = batch;
        this.lost = lost;
    }

    String name() {
        return sink.name();
    }

    /** Takes the shared buffer for itself. */
    void begin() {
        batch.clear();
        lines = 0;
        if (midLine) {
            // The last write failed inside a line: what comes now must not become its end.
            batch.put((byte) '\n');
        }
    }

    /** Copies the lines, so that the block may go home. */
    void add(LogBlock block) {
        room(block.count);
        batch.put(block.bytes, 0, block.count);
        lines += block.lines;
        block.sendHome();
    }

    /** Adds a line of the log's own, which is not missed when it gets lost. */
    void add(byte[] line) {
        room(line.length);
        batch.put(line);
    }

    /**
     * Writes what was gathered.
     *
     * @return whether all of it went out
     */
    boolean write() {
        if (batch.position() == 0) {
            return true;
        }
        long second = Math.floorDiv(clock.millis(), 1000L);
        boolean written = second != failedSecond && tryWrite(second);
        if (!written) {
            lost.add(lines);
        }
        begin();
        return written;
    }

    /** Why lines were lost since the last time it was asked; empty if not for a failed write. */
    String takeProblem() {
        String taken = problem;
        problem = "";
        return taken;
    }

    /**
     * Goes on in a new file.
     *
     * @return empty if it was done, else why not
     */
    String reopen() {
        try {
            sink.reopen();
            failedSecond = NEVER;
            midLine = false;
            return "";
        } catch (IOException | RuntimeException failed) {
            return reason(failed);
        }
    }

    void close() {
        try {
            sink.close();
        } catch (IOException | RuntimeException _) {
            // Everything was written before, and a log that cannot be closed has nobody left to tell.
        }
    }

    private boolean tryWrite(long second) {
        batch.flip();
        try {
            sink.write(batch);
            failedSecond = NEVER;
            midLine = false;
            return true;
        } catch (IOException | RuntimeException failed) {
            int written = batch.position();
            midLine = written == 0 ? midLine : batch.get(written - 1) != '\n';
            failedSecond = second;
            problem = reason(failed);
            return false;
        }
    }

    private void room(int bytes) {
        if (bytes > batch.remaining()) {
            write();
        }
    }

    private static String reason(Exception failed) {
        String message = failed.getMessage();
        return message == null ? failed.getClass().getName() : message;
    }
}
