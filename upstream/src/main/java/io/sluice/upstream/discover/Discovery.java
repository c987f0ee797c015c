package io.sluice.upstream.discover;

import io.sluice.core.plugin.WorkerContext;

/**
 * Where the peers of one upstream come from. Made when the configuration is loaded, which opens and starts nothing, so
 * that it can be tested; started when a worker has entered the cycle; closed when that worker leaves it.
 */
public interface Discovery extends AutoCloseable {
    /** Hears of other peers. */
    @FunctionalInterface
    interface Listener {
        /**
         * These are the peers from now on. Any thread; returns when no request will be given one that is gone.
         *
         * @throws RuntimeException if a balancer cannot be made of them: the former peers stay
         */
        void replaced(PeerSet peers);
    }

    /** The peers at load. May be none: until there are some, requests find the upstream busy. */
    PeerSet initial();

    /**
     * Begins to watch for changes. On a worker's thread, so it must not wait; what it opens {@link #close} closes.
     *
     * @param worker one of the cycle, for its timers and connections
     */
    default void start(WorkerContext worker, Listener listener) {}

    @Override
    default void close() {}
}
