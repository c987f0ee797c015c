package io.sluice.stream;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Range;
import io.sluice.core.config.Settings;
import java.lang.invoke.MethodHandles;
import java.time.Duration;

/** What stream itself asks of a server. See this module's reference.conf for each. */
record ServerSettings(
        boolean tcpNodelay,
        @Range(min = 1, max = 65_536) Bytes prereadBufferSize,
        @Range(min = 1) Duration prereadTimeout) {

    static final Settings<ServerSettings> SETTINGS =
            Settings.of(MethodHandles.lookup(), ServerSettings.class).at(StreamLevels.STREAM, StreamLevels.SERVER);
}
