package io.sluice.core.log;

import io.sluice.core.time.CachedTime;
import io.sluice.core.time.Clock;
import io.sluice.core.time.SharedTime;
import java.time.ZoneId;
import java.util.function.Supplier;

/**
 * The head of a line: time, process, worker. Itself a context, of whatever is not about a connection.
 *
 * <p><b>Thread:</b> the worker's if made by {@link #ofWorker}, any if made by {@link #ofProcess}.
 */
public final class LogOrigin implements LogContext {
    private final long processId;
    private final int worker;
    private final Supplier<byte[]> time;

    private LogOrigin(long processId, int worker, Supplier<byte[]> time) {
        this.processId = processId;
        this.worker = worker;
        this.time = time;
    }

    /** One worker, printed as {@code PID#WORKER}; lines carry the time of its turn. */
    public static LogOrigin ofWorker(long processId, int worker, CachedTime time) {
        return new LogOrigin(processId, worker, time::errorLogTime);
    }

    /** Everybody who is not a worker, printed as {@code PID#0}; lines carry the time at which they were said. */
    public static LogOrigin ofProcess(long processId, Clock clock, ZoneId zone) {
        return new LogOrigin(processId, 0, new SharedTime(clock, zone)::errorLogTime);
    }

    public long processId() {
        return processId;
    }

    public int worker() {
        return worker;
    }

    @Override
    public LogOrigin origin() {
        return this;
    }

    @Override
    public long connectionNumber() {
        return 0;
    }

    @Override
    public void appendTo(LogLine line) {
        // Nothing is known about nobody in particular.
    }

    /** {@code 2026/11/21 07:34:00 [warn] 4711#2: }. */
    void appendHeadTo(LogLine line, LogLevel level) {
        byte[] now = time.get();
        line.append(now, 0, now.length)
                .append(" [")
                .append(level.text())
                .append("] ")
                .append(processId)
                .append('#')
                .append(worker)
                .append(": ");
    }
}
