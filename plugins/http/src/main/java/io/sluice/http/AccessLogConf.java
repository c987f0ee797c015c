package io.sluice.http;

import io.sluice.core.variable.Template;
import org.jspecify.annotations.Nullable;

/**
 * One access log, ready to be opened by each worker.
 *
 * @param file relative to the prefix
 * @param condition null to log each request
 * @param where {@code file:line} of the setting
 */
record AccessLogConf(
        String file,
        Template<HttpRequest> format,
        LogEscape escape,
        @Nullable Template<HttpRequest> condition,
        String where) {}
