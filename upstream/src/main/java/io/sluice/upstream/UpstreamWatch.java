package io.sluice.upstream;

import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.plugin.WorkerKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the sources and the checks of all upstreams running while their cycle is, on one of its workers.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class UpstreamWatch implements AutoCloseable {
    static final WorkerKey<UpstreamWatch> KEY = WorkerKey.of("upstream watch");

    /** There is always one of this number. */
    private static final int WORKER = 0;

    private final List<Upstream> started = new ArrayList<>();

    UpstreamWatch(WorkerContext worker, Upstreams upstreams) {
        if (worker.index() == WORKER) {
            for (Upstream upstream : upstreams.all()) {
                started.add(upstream);
                upstream.watch(worker);
            }
        }
    }

    @Override
    public void close() {
        for (Upstream upstream : started.reversed()) {
            upstream.endWatch();
        }
        started.clear();
    }
}
