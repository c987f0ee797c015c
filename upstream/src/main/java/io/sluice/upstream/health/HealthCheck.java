package io.sluice.upstream.health;

import io.sluice.core.plugin.WorkerContext;
import java.util.List;

/**
 * Finds out whether the peers of one upstream are well, beside what failed requests tell. Made when the configuration
 * is loaded, which opens and starts nothing; started when a worker has entered the cycle; closed when that worker leaves
 * it.
 */
public interface HealthCheck extends AutoCloseable {
    /**
     * Begins. On a worker's thread, so it must not wait; what it opens {@link #close} closes.
     *
     * @param worker one of the cycle, for its timers and connections
     */
    default void start(WorkerContext worker) {}

    /**
     * These are the peers from now on: at first, and whenever they are replaced. One that stays is still what was last
     * said of it. Any thread, one call at a time; before {@link #start} too.
     */
    void watch(List<CheckedPeer> peers);

    @Override
    default void close() {}
}
