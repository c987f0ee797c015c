package io.sluice.upstream.health;

/**
 * Makes the check of one upstream's peers.
 *
 * @param <R> the settings, read from the upstream's {@code health}
 */
@FunctionalInterface
public interface HealthFactory<R extends Record> {
    /** Called at load, once for each upstream. */
    HealthCheck create(String upstream, R settings);
}
