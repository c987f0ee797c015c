package io.sluice.http;

/**
 * Code of a phase, or the content of a location. One instance per worker and location, so its fields need no lock. What it throws is
 * answered with 500 if no header went out, and ends the connection.
 *
 * <p><b>Thread:</b> the worker's; it must not wait.
 */
@FunctionalInterface
public interface HttpHandler {
    Outcome handle(HttpRequest request);
}
