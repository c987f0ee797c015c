package io.sluice.http.filter;

import io.sluice.core.config.Replaced;
import io.sluice.core.config.Settings;
import io.sluice.http.HttpLevels;
import io.sluice.http.LocationSettings;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** See reference.conf. */
record HeadersSettings(
        @Replaced List<Added> addHeader, @Replaced List<Added> addTrailer, String expires) {
    /**
     * One header or trailer.
     *
     * @param value with variables
     * @param always also with answers that are no success
     */
    record Added(String name, String value, boolean always) {}

    static final LocationSettings<HeadersSettings> KEY =
            LocationSettings.of(Settings.of(MethodHandles.lookup(), HeadersSettings.class)
                    .at(HttpLevels.HTTP, HttpLevels.SERVER, HttpLevels.LOCATION));
}
