package io.sluice.http;

import io.sluice.core.config.Section;

/**
 * A location while the configuration is read, for the plugin that answers it.
 *
 * <p><b>Thread:</b> the one that loads.
 */
public interface LocationView {
    /** The location's own section. */
    Section section();

    /** The path as it was written. */
    String path();

    /** The plugin's record for this location, inherited as it declares. */
    <R extends Record> R settings(LocationSettings<R> key);

    /** Reports a problem at the line of a key, as {@code proxy.pass}. */
    void problem(String key, String message);
}
