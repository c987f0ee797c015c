package io.sluice.upstream.sticky;

import io.sluice.core.plugin.WorkerContext;
import java.util.List;

/**
 * What makes the requests of one client go to one peer of one upstream, as far as it is the same for all workers. Made when the
 * configuration is loaded, which opens and starts nothing.
 *
 * <p><b>Thread:</b> any.
 */
public interface Stickiness {
    /**
     * What it wants to know of each request. The consumer that serves the requests compiles them with its variables at load; by their
     * index here they are asked for in {@link StickyRequest#text}.
     */
    default List<StickyText> texts() {
        return List.of();
    }

    /**
     * Makes the part of one worker, which requests talk to: when the worker's first request to the upstream begins.
     *
     * @param worker of the cycle, for its time, log and timers
     */
    StickyWorker on(WorkerContext worker);
}
