package io.sluice.core.log;

import java.util.concurrent.atomic.LongAdder;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * One file that lines are logged to, shared by everybody who opened it. Those who log only put into its queue: a full
 * queue drops the line and counts it, nobody ever waits. After a failed write the rest of that second is dropped too, so
 * that a full disk is not tried for every line (ngx_log.c does so for ENOSPC).
 *
 * <p>Losses are mentioned when the next write succeeds, once a second at most: in the file itself or, if its lines are records that something
 * else parses, in the error log that was named for it.
 *
 * <p><b>Thread:</b> any.
 */
public final class LogFile implements AutoCloseable {
    private final LogWriter writer;
    private final LogOutput output;
    // Not the variant that needs sun.misc.Unsafe: JDK 24 and later warn of it.
    private final MpscAtomicArrayQueue<LogBlock> queue;
    private final LongAdder dropped;
    private volatile @Nullable ErrorLog complaints;
    private volatile boolean reopenWanted;
    private volatile boolean closing;
    private volatile boolean closed;
    private long mentioned;
    private long mentionedSecond = Long.MIN_VALUE;

    /** Held by the writer's lock: who has opened it and not closed it yet. */
    int users = 1;

    LogFile(LogWriter writer, LogOutput output, int queueEntries, LongAdder dropped) {
        this.writer = writer;
        this.output = output;
        this.queue = new MpscAtomicArrayQueue<>(queueEntries);
        this.dropped = dropped;
    }

    /** The path, or {@code stderr}. */
    public String name() {
        return output.name();
    }

    /** Lines lost since it was opened: for a full queue or buffer, or a failed write. */
    public long dropped() {
        return dropped.sum();
    }

    /**
     * Goes on in a new file of the same name: for a log that was renamed. Lines logged before go to the old file. Returns
     * at once; the log's thread does it. If there can be no new file the old one stays in use and says so.
     */
    public void reopen() {
        reopenWanted = true;
        writer.wake();
    }

    /** Gives it back. What is queued is still written; the last user's close closes the file. */
    @Override
    public void close() {
        writer.release(this);
    }

    /**
     * Takes whole lines.
     *
     * @return false if they were dropped, and counted; the block stays the caller's then
     */
    boolean offer(LogBlock block) {
        if (!closed && queue.offer(block)) {
            writer.wake();
            return true;
        }
        lost(block.lines);
        return false;
    }

    /** Counts lines that did not get as far as the queue. */
    void lost(int lines) {
        dropped.add(lines);
    }

    void complainTo(ErrorLog log) {
        complaints = log;
    }

    void closeWhenEmpty() {
        closing = true;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * The log's thread: writes what is queued.
     *
     * @return whether there was anything to do
     */
    boolean drain() {
        boolean reopen = reopenWanted;
        // Bounded, so that one busy file cannot starve the others, nor put off its own reopening.
        int left = reopen ? queue.size() : queue.capacity();
        boolean worked = false;
        output.begin();
        for (LogBlock block; left > 0 && (block = queue.relaxedPoll()) != null; left--) {
            output.add(block);
            worked = true;
        }
        if (worked) {
            writeAndMention();
        }
        if (reopen) {
            reopenWanted = false;
            reopenNow();
            worked = true;
        }
        if (closing && queue.relaxedPeek() == null) {
            closeNow();
            worked = true;
        }
        return worked;
    }

    /** The log's thread, about to sleep. */
    boolean hasWork() {
        return queue.relaxedPeek() != null || reopenWanted || (closing && !closed);
    }

    void closeNow() {
        closed = true;
        output.close();
    }

    private void writeAndMention() {
        long lost = dropped.sum();
        long second = writer.second();
        // Once a second at most: a log that is flooded must not be flooded by the news of it.
        if (lost == mentioned || second == mentionedSecond) {
            output.write();
            return;
        }
        String problem = output.takeProblem();
        String text = "lost lines of \"" + name() + "\": " + (lost - mentioned) + ", "
                + (problem.isEmpty() ? "no room for them" : "writing failed: " + problem);
        ErrorLog elsewhere = complaints;
        if (elsewhere == null) {
            output.add(writer.ownLine(LogLevel.ALERT, text));
        }
        if (output.write()) {
            mentioned = lost;
            mentionedSecond = second;
            if (elsewhere != null) {
                elsewhere.log(LogLevel.ALERT, writer.origin(), text);
            }
        }
    }

    private void reopenNow() {
        String problem = output.reopen();
        if (problem.isEmpty()) {
            return;
        }
        String text = "reopening \"" + name() + "\" failed: " + problem;
        ErrorLog elsewhere = complaints;
        if (elsewhere != null) {
            elsewhere.log(LogLevel.ALERT, writer.origin(), text);
        } else {
            output.add(writer.ownLine(LogLevel.ALERT, text));
            output.write();
        }
    }
}
