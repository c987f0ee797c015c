package io.sluice.stream.proxy;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Local;
import io.sluice.core.config.Range;
import io.sluice.core.config.Replaced;
import io.sluice.core.config.Settings;
import io.sluice.stream.StreamLevels;
import io.sluice.upstream.BindSettings;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.Optional;

/** The group {@code proxy} of stream or a server. See this module's reference.conf for each. */
record ProxySettings(
        @Local Optional<String> pass,
        @Range(min = 1) Duration connectTimeout,
        @Range(min = 1) Duration timeout,
        @Range(min = 256, max = 65_536) Bytes bufferSize,
        @Range(min = 256, max = 65_536) Bytes bulkBufferSize,
        String uploadRate,
        String downloadRate,
        boolean halfClose,
        boolean nextUpstream,
        @Range(min = 0, max = 1_000_000) int nextUpstreamTries,
        Duration nextUpstreamTimeout,
        @Replaced Optional<BindSettings> bind,
        boolean socketKeepalive,
        @Range(min = 0, max = 1_073_741_824) Bytes socketRcvbuf,
        @Range(min = 0, max = 1_073_741_824) Bytes socketSndbuf,
        @Range(min = 0, max = Integer.MAX_VALUE) int requests,
        Optional<Integer> responses) {

    static final Settings<ProxySettings> SETTINGS = Settings.of(MethodHandles.lookup(), ProxySettings.class)
            .under("proxy")
            .at(StreamLevels.STREAM, StreamLevels.SERVER);
}
