package io.sluice.http;

import io.sluice.core.config.Settings;

/**
 * Settings that a plugin reads for each location, inherited from server and http. A plugin makes one, gives it to {@link
 * HttpBinder#settings}, and asks each request for its record.
 */
public final class LocationSettings<R extends Record> {
    private final Settings<R> settings;

    private LocationSettings(Settings<R> settings) {
        this.settings = settings;
    }

    /** @param settings at the levels of {@link HttpLevels} where the record may stand */
    public static <R extends Record> LocationSettings<R> of(Settings<R> settings) {
        return new LocationSettings<>(settings);
    }

    Settings<R> settings() {
        return settings;
    }
}
