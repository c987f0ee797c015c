package io.sluice.http;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Range;
import io.sluice.core.config.Settings;
import java.lang.invoke.MethodHandles;

/**
 * What http itself asks of a location.
 *
 * @param postponeOutput output is held until so many bytes are there
 * @param sendfileMaxChunk what one send takes at most, so that one client cannot hold a worker
 * @param tcpNodelay small segments leave at once on a connection that is kept alive
 * @param tcpNopush a head leaves in one segment with the file behind it
 * @param resetTimedoutConnection a client that timed out is let go with a reset, so that the system keeps nothing of it
 * @param subrequestOutputBufferSize the most that a subrequest in memory may put out
 */
record CoreLocationSettings(
        Bytes clientMaxBodySize,
        @Range(min = 1024, max = 65_536) Bytes clientBodyBufferSize,
        String defaultType,
        @Range(max = 65_536) Bytes postponeOutput,
        Bytes sendfileMaxChunk,
        boolean tcpNodelay,
        boolean tcpNopush,
        boolean resetTimedoutConnection,
        @Range(min = 1, max = 32_768) Bytes subrequestOutputBufferSize) {

    static final LocationSettings<CoreLocationSettings> KEY =
            LocationSettings.of(Settings.of(MethodHandles.lookup(), CoreLocationSettings.class)
                    .at(HttpLevels.HTTP, HttpLevels.SERVER, HttpLevels.LOCATION));
}
