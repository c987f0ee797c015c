package io.sluice.http;

import io.sluice.core.config.Settings;
import java.lang.invoke.MethodHandles;

/**
 * How fast answers leave. See this module's reference.conf.
 *
 * @param limitRate bytes a second, with variables
 * @param limitRateAfter bytes that leave before the limit counts, with variables
 */
record RateSettings(String limitRate, String limitRateAfter) {
    static final LocationSettings<RateSettings> KEY =
            LocationSettings.of(Settings.of(MethodHandles.lookup(), RateSettings.class)
                    .at(HttpLevels.HTTP, HttpLevels.SERVER, HttpLevels.LOCATION));
}
