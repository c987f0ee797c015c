package io.sluice.event;

import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.Slabs;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionEngine;
import io.sluice.core.connection.Event;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.log.LogSink;
import io.sluice.core.log.LogWriter;
import io.sluice.core.time.CachedTime;
import io.sluice.core.time.Clock;
import io.sluice.core.time.TimerService;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** The parts of a worker that connections meet, without a driver: real timers and posted events, memory, and time by hand. */
public final class ModelEngine implements ConnectionEngine, Clock, AutoCloseable {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final CachedTime time;
    final Timers timers;
    final PostedEvents posted = new PostedEvents();
    final Slabs slabs = new Slabs(new MemoryBudget(1 << 20), false);
    private final AtomicLong numbers = new AtomicLong();
    private final ErrorLog log;
    private long nowMillis;

    public ModelEngine() {
        time = new CachedTime(this, ZoneOffset.UTC);
        timers = new Timers(time);
        LogOrigin origin = LogOrigin.ofProcess(1, this, ZoneOffset.UTC);
        log = ErrorLog.of(origin, LogLevel.EMERG, new LogWriter(this, origin, 16).attach(new Nowhere()));
    }

    void advance(long millis) {
        nowMillis += millis;
        time.update();
    }

    @Override
    public long nanos() {
        return nowMillis * NANOS_PER_MILLI;
    }

    @Override
    public long millis() {
        return nowMillis;
    }

    @Override
    public TimerService timers() {
        return timers;
    }

    @Override
    public CachedTime time() {
        return time;
    }

    @Override
    public Slabs slabs() {
        return slabs;
    }

    @Override
    public ErrorLog log() {
        return log;
    }

    @Override
    public AtomicLong connectionNumbers() {
        return numbers;
    }

    @Override
    public void post(Event event) {
        posted.post(event);
    }

    @Override
    public void postNext(Event event) {
        posted.postNext(event);
    }

    @Override
    public void unpost(Event event) {
        event.posted(false);
    }

    @Override
    public boolean stopping() {
        return false;
    }

    @Override
    public void pluginFailed(Connection c, String where, Throwable failure) {
        throw new AssertionError(where, failure);
    }

    @Override
    public void close() {
        slabs.close();
    }

    private static final class Nowhere implements LogSink {
        @Override
        public String name() {
            return "nowhere";
        }

        @Override
        public void write(ByteBuffer wholeLines) {
            wholeLines.position(wholeLines.limit());
        }

        @Override
        public void reopen() {}

        @Override
        public void close() {}
    }
}
