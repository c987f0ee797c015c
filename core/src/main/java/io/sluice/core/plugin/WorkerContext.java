package io.sluice.core.plugin;

import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.Claim;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogWriter;
import io.sluice.core.time.CachedTime;
import io.sluice.core.time.Randomness;
import io.sluice.core.time.TimerService;
import java.nio.file.Path;

/**
 * A worker as the plugins of one cycle see it.
 *
 * <p><b>Thread:</b> the worker's, but for {@link #execute}.
 */
public interface WorkerContext {
    /** From 0. */
    int index();

    CachedTime time();

    Randomness random();

    TimerService timers();

    ErrorLog log();

    /**
     * Code of a plugin threw, and its caller goes on without it: one line with the stack in the log of a place, and a counter. What is
     * fatal is thrown on.
     *
     * @param about whom the line is about
     * @param what what has failed, as {@code the balancer of backend failed}
     */
    void pluginFailed(ErrorLog place, LogContext about, String what, Throwable failure);

    /** Opens log files and writes them on its own thread. */
    LogWriter logs();

    /** The folder to which relative file names of the configuration belong. */
    Path prefix();

    /** A new pool, which the caller ends. */
    Pool pool();

    /** How much the connections of this worker may hold. */
    MemoryBudget budget();

    /** Runs a task on this worker's thread, soon. Any thread. */
    void execute(Runnable task);

    /** Runs at the end of each turn of the loop, until the worker leaves the cycle. */
    void atTurnEnd(Runnable task);

    /** Whether the server is stopping: finish what runs, begin nothing. */
    boolean stopping();

    /** What to claim a connection with. */
    <S> Claim<S> claim(ConsumerKey<S> key);

    /** As {@link #claim(ConsumerKey)}, for who knows only the name, as a listening does. */
    Claim<?> claim(String consumerId);

    /** The one of this worker and cycle; made now if it was not wanted before. */
    <T> T get(WorkerKey<T> key);

    /** What the engine offers beyond this, as the event module's Connector. */
    <T> T service(Class<T> type);

    /** A request or session begins: the cycle is kept until {@link #requestEnded}. */
    void requestStarted();

    void requestEnded();
}
