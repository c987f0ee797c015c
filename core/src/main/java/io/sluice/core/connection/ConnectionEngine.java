package io.sluice.core.connection;

import io.sluice.core.buffer.Slabs;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.time.CachedTime;
import io.sluice.core.time.TimerService;
import java.util.concurrent.atomic.AtomicLong;

/** What the pool of connections needs of the worker that owns it. Implemented by the event module. */
public interface ConnectionEngine {
    TimerService timers();

    CachedTime time();

    Slabs slabs();

    ErrorLog log();

    /** Counts connections over all workers, from 1. */
    AtomicLong connectionNumbers();

    /** Runs the event's handler in this turn, after I/O and timers. */
    void post(Event event);

    /** Runs the event's handler in the next turn, so that one busy connection lets the others go first. */
    void postNext(Event event);

    /** Takes an event out of the queues. */
    void unpost(Event event);

    /** Whether the server is stopping. */
    boolean stopping();

    /** A plugin threw: one line with the stack, a counter. The caller goes on to close the connection. */
    void pluginFailed(Connection c, String where, Throwable failure);
}
