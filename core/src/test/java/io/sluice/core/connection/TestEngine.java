package io.sluice.core.connection;

import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.Slabs;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.log.LogSink;
import io.sluice.core.log.LogWriter;
import io.sluice.core.time.CachedTime;
import io.sluice.core.time.HandClock;
import io.sluice.core.time.Timer;
import io.sluice.core.time.TimerService;
import io.sluice.core.time.TimerTask;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A worker as far as the pool of connections needs one. */
final class TestEngine implements ConnectionEngine, AutoCloseable {
    final HandClock clock = HandClock.at("2026-11-21T07:34:00Z");
    final CachedTime time = new CachedTime(clock, ZoneOffset.UTC);
    final Slabs slabs = new Slabs(new MemoryBudget(1 << 20), true);
    final List<String> posts = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    final List<SetTimer> timers = new ArrayList<>();
    final AtomicLong numbers = new AtomicLong();
    boolean stopping;
    private final LogWriter logs;
    private final ErrorLog log;
    private final Lines lines = new Lines();

    TestEngine() {
        LogOrigin origin = LogOrigin.ofProcess(1, clock, ZoneOffset.UTC);
        logs = new LogWriter(clock, origin, 1024);
        log = ErrorLog.of(origin, LogLevel.INFO, logs.attach(lines));
    }

    /** What was logged so far, each line behind its time: {@code [warn] 1#0: text}. */
    List<String> logged() {
        logs.turn();
        return lines.all.stream().map(line -> line.substring(20)).toList();
    }

    void advanceMillis(long millis) {
        clock.advanceMillis(millis);
        time.update();
    }

    /** Calls the timers that are due. */
    void expire() {
        for (SetTimer timer : List.copyOf(timers)) {
            if (timer.set && timer.dueNanos <= time.nanos()) {
                timer.set = false;
                timer.task.expired();
            }
        }
    }

    @Override
    public TimerService timers() {
        return (task, cancelable) -> {
            SetTimer timer = new SetTimer(task, cancelable);
            timers.add(timer);
            return timer;
        };
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
        posts.add("post " + event.direction() + " " + event.slot().index());
        event.posted(true);
    }

    @Override
    public void postNext(Event event) {
        posts.add("next " + event.direction() + " " + event.slot().index());
        event.posted(true);
    }

    @Override
    public void unpost(Event event) {
        event.posted(false);
    }

    @Override
    public boolean stopping() {
        return stopping;
    }

    @Override
    public void pluginFailed(Connection c, String where, Throwable failure) {
        failures.add(where + ": " + failure);
    }

    @Override
    public void close() {
        slabs.close();
    }

    final class SetTimer implements Timer {
        private final TimerTask task;
        private final boolean cancelable;
        private boolean set;
        private long dueNanos;

        SetTimer(TimerTask task, boolean cancelable) {
            this.task = task;
            this.cancelable = cancelable;
        }

        @Override
        public void setMillis(long delayMillis) {
            setNanos(delayMillis * 1_000_000);
        }

        @Override
        public void setNanos(long delayNanos) {
            set = true;
            dueNanos = time.nanos() + delayNanos;
        }

        @Override
        public void cancel() {
            set = false;
        }

        @Override
        public boolean isSet() {
            return set;
        }

        @Override
        public boolean cancelable() {
            return cancelable;
        }
    }

    private static final class Lines implements LogSink {
        private final List<String> all = new ArrayList<>();

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public void write(ByteBuffer wholeLines) {
            byte[] bytes = new byte[wholeLines.remaining()];
            wholeLines.get(bytes);
            all.addAll(new String(bytes, StandardCharsets.UTF_8).lines().toList());
        }

        @Override
        public void reopen() {}

        @Override
        public void close() {}
    }
}
