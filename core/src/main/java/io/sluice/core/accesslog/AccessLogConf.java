package io.sluice.core.accesslog;

import io.sluice.core.variable.Template;
import org.jspecify.annotations.Nullable;

/**
 * One access log, ready to be opened by each worker.
 *
 * @param <C> what its lines are about
 * @param file relative to the prefix
 * @param condition null to log each request
 * @param where {@code file:line} of the setting
 */
record AccessLogConf<C>(
        String file,
        Template<C> format,
        LogEscape escape,
        @Nullable Template<C> condition,
        String where) {}
