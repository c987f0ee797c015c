package io.sluice.http.filter;

import io.sluice.core.config.Settings;
import io.sluice.http.HttpLevels;
import io.sluice.http.LocationSettings;
import java.lang.invoke.MethodHandles;

/** See reference.conf. */
record NotModifiedSettings(Since ifModifiedSince) {
    /** How the date of If-Modified-Since is compared with that of the answer. */
    enum Since {
        OFF,
        EXACT,
        BEFORE
    }

    static final LocationSettings<NotModifiedSettings> KEY =
            LocationSettings.of(Settings.of(MethodHandles.lookup(), NotModifiedSettings.class)
                    .at(HttpLevels.HTTP, HttpLevels.SERVER, HttpLevels.LOCATION));
}
