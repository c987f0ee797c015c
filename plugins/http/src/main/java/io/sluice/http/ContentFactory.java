package io.sluice.http;

import io.sluice.core.plugin.WorkerContext;

/** Makes the handler of one location for one worker. */
@FunctionalInterface
public interface ContentFactory {
    HttpHandler make(WorkerContext worker);
}
