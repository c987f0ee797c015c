package io.sluice.core.plugin;

import io.sluice.core.config.Settings;

/** A place of the configuration where settings of somebody else may stand too: it knows the group and the levels, they know the keys. */
public interface SettingsPlace {
    /** Reads a record at this place, as {@code settings.under("proxy").at(…).read(levels)}. */
    <R extends Record> R read(Settings<R> settings);
}
