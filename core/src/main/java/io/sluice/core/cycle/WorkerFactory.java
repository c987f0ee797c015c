package io.sluice.core.cycle;

import io.sluice.core.plugin.WorkerContext;
import java.util.function.Function;

/**
 * How something is made once per worker and cycle.
 *
 * @param plugin who makes it
 */
record WorkerFactory(String plugin, Function<? super WorkerContext, ?> maker) {}
