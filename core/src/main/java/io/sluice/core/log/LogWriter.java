package io.sluice.core.log;

import io.sluice.core.time.Clock;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes all log files of a process with one thread, so that no worker ever waits for a disk.
 *
 * <p>The thread sleeps while there is nothing to write. Only a line that finds it asleep pays for waking it; while it is
 * busy, logging costs a queue operation and a memory fence.
 *
 * <p><b>Thread:</b> any, but for {@link #turn()}.
 */
public final class LogWriter {
    /** What is written by one call at most, and so the most that one entry may hold. */
    static final int BATCH_BYTES = 64 * 1024;

    private final Clock clock;
    private final LogOrigin origin;
    private final int queueEntries;
    private final LogSink.Opener opener;
    private final ByteBuffer batch;
    private final Object lock = new Object();
    private final Map<Path, LogFile> byPath = new HashMap<>();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile List<LogFile> files = List.of();
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;
    private @Nullable LogFile standardError;

    /**
     * Starts nothing yet; lines wait in their queues.
     *
     * @param origin speaks for the log itself; of the process, not of a worker
     * @param queueEntries per file, before lines are dropped; rounded up to a power of two
     */
    public LogWriter(Clock clock, LogOrigin origin, int queueEntries) {
        this(clock, origin, queueEntries, FileSink::new);
    }

    /** As the other, with files of another kind. */
    public LogWriter(Clock clock, LogOrigin origin, int queueEntries, LogSink.Opener opener) {
        this(clock, origin, queueEntries, opener, ByteBuffer.allocateDirect(BATCH_BYTES));
    }

    /** @param batch where lines are gathered: no entry may be longer */
    LogWriter(Clock clock, LogOrigin origin, int queueEntries, LogSink.Opener opener, ByteBuffer batch) {
        this.opener = opener;
        this.batch = batch;
        this.clock = clock;
        this.origin = origin;
        this.queueEntries = queueEntries;
    }

    /**
     * Starts the thread.
     *
     * @param onDeath told if an error, such as exhausted memory, ends the thread: nothing is logged from then on
     */
    public void start(Thread.UncaughtExceptionHandler onDeath) {
        Thread started = Thread.ofPlatform()
                .name("sluice-log")
                .daemon()
                .uncaughtExceptionHandler(onDeath)
                .unstarted(this::run);
        thread = started;
        started.start();
    }

    /**
     * A file for error lines. Opened twice it is the same file; every open wants its {@link LogFile#close()}.
     *
     * @throws IOException if it can be neither opened for appending nor made
     */
    public LogFile open(Path path) throws IOException {
        Path key = path.toAbsolutePath().normalize();
        synchronized (lock) {
            LogFile known = byPath.get(key);
            if (known != null) {
                known.users++;
                return known;
            }
            LogFile file = add(opener.open(path));
            byPath.put(key, file);
            return file;
        }
    }

    /**
     * A file for records of a fixed layout, as {@link #open}. Nothing is written to it but the records.
     *
     * @param complaints told of lost records; the latest one given for a file counts
     * @throws IOException if it can be neither opened for appending nor made
     */
    public LogFile openRecords(Path path, ErrorLog complaints) throws IOException {
        LogFile file = open(path);
        file.complainTo(complaints);
        return file;
    }

    /** The process's standard error: always the same file, which no user's close ends. */
    public LogFile standardError() {
        synchronized (lock) {
            LogFile known = standardError;
            if (known == null) {
                known = add(new StandardErrorSink());
                standardError = known;
            }
            known.users++;
            return known;
        }
    }

    /** Another place to write to. Takes the sink and closes it when the file is closed. */
    public LogFile attach(LogSink sink) {
        synchronized (lock) {
            return add(sink);
        }
    }

    /** Reopens all files, after they were renamed. */
    public void reopen() {
        for (LogFile file : files) {
            file.reopen();
        }
    }

    /**
     * Writes what is queued now. For a server without a log thread, as in a simulation; with one, it is that thread's.
     *
     * @return whether there was anything to do
     */
    public boolean turn() {
        boolean worked = false;
        for (LogFile file : files) {
            worked |= file.drain();
            if (file.isClosed()) {
                forget(file);
            }
        }
        return worked;
    }

    /**
     * Writes what was logged before, closes all files and ends the thread. What is logged from now on may be lost.
     *
     * @param patience how long to wait for a disk that is slow or stuck
     * @return whether all was written in that time
     */
    public boolean close(Duration patience) {
        stopping = true;
        wake();
        Thread started = thread;
        if (started == null) {
            run();
            return true;
        }
        try {
            return started.join(patience);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    LogOrigin origin() {
        return origin;
    }

    /** Called after something was put where {@link #hasWork()} sees it. */
    void wake() {
        // The queue's store is only a release: without the fence it could pass the load below, while the log's thread
        // does the same from the other side. Then the line is not seen, the sleeper is not seen, and the line waits.
        VarHandle.fullFence();
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    void release(LogFile file) {
        synchronized (lock) {
            if (--file.users > 0) {
                return;
            }
            byPath.values().remove(file);
        }
        file.closeWhenEmpty();
        wake();
    }

    boolean isAsleep() {
        return asleep.get();
    }

    /** The wall clock's, now. */
    long second() {
        return Math.floorDiv(clock.millis(), 1000L);
    }

    /** A line in which the log speaks of itself. */
    byte[] ownLine(LogLevel level, String text) {
        LogLine line = new LogLine(LogEntry.MAX_LINE_BYTES - 1);
        origin.appendHeadTo(line, level);
        line.append(text);
        line.endLine();
        return line.toBytes();
    }

    private void run() {
        boolean last;
        do {
            // Read before the turn: what was logged before close() is then in the queues this turn looks at.
            last = stopping;
            if (turn()) {
                last = false;
            } else if (!last) {
                sleep();
            }
        } while (!last);
        for (LogFile file : files) {
            file.closeNow();
        }
        files = List.of();
    }

    /** Until somebody wakes the thread, or not at all if there is something to do. */
    void sleep() {
        if (liesDown()) {
            LockSupport.park(this);
        }
        asleep.set(false);
    }

    /** Says that it sleeps from now on. Looks again after saying so, for who logged in between has not woken it: answers false then. */
    boolean liesDown() {
        asleep.set(true);
        return !hasWork();
    }

    private boolean hasWork() {
        if (stopping) {
            return true;
        }
        for (LogFile file : files) {
            if (file.hasWork()) {
                return true;
            }
        }
        return false;
    }

    private LogFile add(LogSink sink) {
        LongAdder dropped = new LongAdder();
        LogFile file = new LogFile(this, new LogOutput(sink, clock, batch, dropped), queueEntries, dropped);
        List<LogFile> more = new ArrayList<>(files);
        more.add(file);
        files = List.copyOf(more);
        return file;
    }

    private void forget(LogFile file) {
        synchronized (lock) {
            List<LogFile> fewer = new ArrayList<>(files);
            fewer.remove(file);
            files = List.copyOf(fewer);
        }
    }
}
