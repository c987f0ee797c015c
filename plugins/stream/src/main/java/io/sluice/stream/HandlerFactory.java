package io.sluice.stream;

import io.sluice.core.plugin.WorkerContext;

/** Makes the handler of one worker. */
@FunctionalInterface
public interface HandlerFactory {
    StreamHandler make(WorkerContext worker);
}
