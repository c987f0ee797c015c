package io.sluice.upstream;

import io.sluice.core.time.Timer;
import io.sluice.core.time.TimerService;
import io.sluice.core.time.TimerTask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Timers that are called when a test says so. */
final class HandTimers implements TimerService {
    private final List<HandTimer> timers = new ArrayList<>();
    private final LongSupplier nanos;

    HandTimers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void fireWhatIsDue() {
        for (HandTimer timer : List.copyOf(timers)) {
            timer.fireIfDue();
        }
    }

    @Override
    public Timer create(TimerTask task, boolean cancelable) {
        HandTimer timer = new HandTimer(task);
        timers.add(timer);
        return timer;
    }

    private final class HandTimer implements Timer {
        private final TimerTask task;
        private boolean set;
        private long at;

        HandTimer(TimerTask task) {
            this.task = task;
        }

        void fireIfDue() {
            if (set && nanos.getAsLong() - at >= 0) {
                set = false;
                task.expired();
            }
        }

        @Override
        public void setMillis(long delayMillis) {
            setNanos(delayMillis * 1_000_000);
        }

        @Override
        public void setNanos(long delayNanos) {
            set = true;
            at = nanos.getAsLong() + delayNanos;
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
            return false;
        }
    }
}
