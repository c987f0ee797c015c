package io.sluice.stream;

import io.sluice.core.plugin.PluginBinder;

/**
 * A part of stream that needs no more of it than any plugin has, and therefore lives in a package of its own above this one. Found by
 * {@link java.util.ServiceLoader}, because this package knows nobody who stands on it.
 */
@FunctionalInterface
public interface StreamPart {
    /** As a plugin's configure, with the binder of stream. */
    void configure(PluginBinder binder);
}
