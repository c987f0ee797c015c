package io.sluice.http;

import io.sluice.core.plugin.WorkerContext;
import java.util.List;
import java.util.function.BiFunction;

/** An output filter, with its place. */
record FilterRegistration(
        String name,
        BiFunction<WorkerContext, HttpFilter, HttpFilter> maker,
        List<String> before,
        List<String> after) {}
