package io.sluice.stream;

/**
 * Takes part in a phase of sessions.
 *
 * <p><b>Thread:</b> the worker's; one instance per worker and cycle.
 */
@FunctionalInterface
public interface StreamHandler {
    /** What it throws ends the session with 500, and nobody else's. */
    StreamOutcome handle(StreamSession session);
}
