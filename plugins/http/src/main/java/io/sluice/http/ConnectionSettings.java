package io.sluice.http;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Level;
import io.sluice.core.config.Range;
import io.sluice.core.config.Settings;
import java.lang.invoke.MethodHandles;
import java.time.Duration;

/**
 * How a server treats its connections, at the levels {@code http} and {@code http.servers}. See this module's reference.conf for each.
 */
record ConnectionSettings(
        Duration keepaliveTimeout,
        @Range(min = 0) int keepaliveRequests,
        Duration keepaliveTime,
        @Range(min = 1) Duration clientHeaderTimeout,
        @Range(min = 1) Duration clientBodyTimeout,
        @Range(min = 1) Duration sendTimeout,
        LingeringClose lingeringClose,
        Duration lingeringTime,
        @Range(min = 1) Duration lingeringTimeout,
        @Range(min = 128, max = 65_536) Bytes clientHeaderBufferSize,
        LargeBuffers largeClientHeaderBuffers,
        @Range(min = 1, max = 100_000) int maxHeaders) {

    /** {@code large-client-header-buffers}. */
    record LargeBuffers(
            @Range(min = 1, max = 8) int number,
            @Range(min = 512, max = 65_536) Bytes size) {}

    static final Level HTTP = Level.ROOT.child("http");
    static final Level SERVER = HTTP.child("servers");
    static final Level LOCATION = SERVER.child("locations");

    static final Settings<ConnectionSettings> SETTINGS =
            Settings.of(MethodHandles.lookup(), ConnectionSettings.class).at(HTTP, SERVER);
}
