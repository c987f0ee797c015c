package io.sluice.upstream.sticky;

/**
 * Makes the stickiness of one upstream.
 *
 * @param <R> the settings, read from the upstream's {@code sticky}
 */
@FunctionalInterface
public interface StickinessFactory<R extends Record> {
    /** Called at load, once for each upstream. What is wrong it reports as a problem of a section in the settings. */
    Stickiness create(String upstream, R settings);
}
