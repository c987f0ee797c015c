package io.sluice.http;

import io.sluice.core.variable.Template;

/**
 * The access log, ready to be opened by each worker.
 *
 * @param file relative to the prefix
 */
record AccessLogSettings(String file, Template<HttpRequest> format) {}
