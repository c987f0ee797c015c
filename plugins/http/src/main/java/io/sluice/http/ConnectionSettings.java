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
        @Range(min = 0, max = Integer.MAX_VALUE) int keepaliveRequests,
        Duration keepaliveTime,
        Duration clientHeaderTimeout,
        Duration clientBodyTimeout,
        Duration sendTimeout,
        LingeringClose lingeringClose,
        Duration lingeringTime,
        Duration lingeringTimeout,
        boolean resetTimedoutConnection,
        Bytes clientHeaderBufferSize,
        LargeBuffers largeClientHeaderBuffers,
        @Range(min = 1, max = 100_000) int maxHeaders) {

    /** {@code large-client-header-buffers}. */
    record LargeBuffers(@Range(min = 1, max = 8) int number, Bytes size) {}

    static final Level HTTP = Level.ROOT.child("http");
    static final Level SERVER = HTTP.child("servers");
    static final Level LOCATION = SERVER.child("locations");

    static final Settings<ConnectionSettings> SETTINGS =
            Settings.of(MethodHandles.lookup(), ConnectionSettings.class).at(HTTP, SERVER);

    private static final int LARGEST_BUFFER = 64 * 1024;

    ConnectionSettings {
        if (clientHeaderBufferSize.count() < 128 || clientHeaderBufferSize.count() > LARGEST_BUFFER) {
            throw new IllegalArgumentException("client-header-buffer-size must be from 128 to 64k");
        }
        if (largeClientHeaderBuffers.size().count() < 512
                || largeClientHeaderBuffers.size().count() > LARGEST_BUFFER) {
            throw new IllegalArgumentException("large-client-header-buffers.size must be from 512 to 64k");
        }
    }
}
