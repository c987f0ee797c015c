package io.sluice.gzip;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Range;
import io.sluice.core.config.Replaced;
import io.sluice.core.config.Settings;
import io.sluice.http.HttpLevels;
import io.sluice.http.LocationSettings;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** The group {@code gzip} of http, a server or a location. See this module's reference.conf for each. */
record GzipSettings(
        boolean enabled,
        @Range(min = 1, max = 9) int compLevel,
        @Replaced List<String> types,
        Bytes minLength,
        String httpVersion,
        @Replaced List<Proxied> proxied,
        boolean vary,
        @Replaced Buffers buffers,
        @Replaced List<String> disable) {

    /** {@code gzip.buffers}. */
    record Buffers(@Range(min = 1, max = 64) int number, Bytes size) {}

    static final LocationSettings<GzipSettings> KEY =
            LocationSettings.of(Settings.of(MethodHandles.lookup(), GzipSettings.class)
                    .under("gzip")
                    .at(HttpLevels.HTTP, HttpLevels.SERVER, HttpLevels.LOCATION));

    private static final int SMALLEST_BUFFER = 256;
    private static final int LARGEST_BUFFER = 64 * 1024;

    GzipSettings {
        if (!httpVersion.equals("1.0") && !httpVersion.equals("1.1")) {
            throw new IllegalArgumentException("http-version must be 1.0 or 1.1, is " + httpVersion);
        }
        if (buffers.size().count() < SMALLEST_BUFFER || buffers.size().count() > LARGEST_BUFFER) {
            throw new IllegalArgumentException("buffers.size must be from 256 to 64k");
        }
        for (String type : types) {
            if (!type.equals("*") && (type.indexOf('/') <= 0 || type.indexOf(';') >= 0)) {
                throw new IllegalArgumentException(
                        "types must be names such as text/css without parameters, or *, is \"" + type + "\"");
            }
        }
        if (disable.contains("")) {
            throw new IllegalArgumentException("disable must not be empty: no agent would be left");
        }
    }
}
