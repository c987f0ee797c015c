package io.sluice.core.cycle;

import io.sluice.core.buffer.Slabs;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogWriter;
import io.sluice.core.time.CachedTime;
import io.sluice.core.time.Randomness;
import io.sluice.core.time.TimerService;
import java.nio.file.Path;

/** The worker behind a {@link WorkerCycle}: it outlives every cycle. Implemented by the event module. */
public interface WorkerEngine {
    int index();

    CachedTime time();

    Randomness random();

    TimerService timers();

    ErrorLog log();

    /** See {@link io.sluice.core.plugin.WorkerContext#pluginFailed}. */
    void pluginFailed(ErrorLog place, LogContext about, String what, Throwable failure);

    LogWriter logs();

    Path prefix();

    Slabs slabs();

    void execute(Runnable task);

    void atTurnEnd(Runnable task);

    void notAtTurnEnd(Runnable task);

    boolean stopping();

    <T> T service(Class<T> type);
}
