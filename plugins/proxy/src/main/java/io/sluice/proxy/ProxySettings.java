package io.sluice.proxy;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Local;
import io.sluice.core.config.NameValue;
import io.sluice.core.config.Range;
import io.sluice.core.config.Replaced;
import io.sluice.core.config.Settings;
import io.sluice.http.HttpLevels;
import io.sluice.http.LocationSettings;
import io.sluice.upstream.BindSettings;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The group {@code proxy} of http, a server or a location. See this module's reference.conf for each. */
record ProxySettings(
        @Local Optional<String> pass,
        @Range(min = 1) Duration connectTimeout,
        @Range(min = 1) Duration sendTimeout,
        @Range(min = 1) Duration readTimeout,
        @Range(min = 1024, max = 65_536) Bytes bufferSize,
        @Range(min = 1024, max = 65_536) Bytes busyBufferSize,
        @Replaced List<NextUpstream> nextUpstream,
        @Range(min = 0, max = 1_000_000) int nextUpstreamTries,
        Duration nextUpstreamTimeout,
        @Replaced List<NameValue> setHeader,
        @Replaced Optional<BindSettings> bind,
        boolean socketKeepalive,
        @Range(min = 0, max = 1_073_741_824) Bytes socketRcvbuf,
        @Range(min = 0, max = 1_073_741_824) Bytes socketSndbuf,
        boolean forceRanges,
        @Replaced List<AccelHeader> ignoreHeaders) {

    static final LocationSettings<ProxySettings> KEY =
            LocationSettings.of(Settings.of(MethodHandles.lookup(), ProxySettings.class)
                    .under("proxy")
                    .at(HttpLevels.HTTP, HttpLevels.SERVER, HttpLevels.LOCATION));
}
