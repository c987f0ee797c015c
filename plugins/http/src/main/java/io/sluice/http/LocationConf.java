package io.sluice.http;

import io.sluice.core.accesslog.PlaceLogs;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One location, shared by all workers.
 *
 * @param index over all locations of the cycle: where each worker has its handler
 * @param name as the configuration writes its path, for logs
 * @param exact whether only this very path is meant
 * @param path the path or prefix, one char per byte
 * @param core what http itself needs at each request
 * @param settings of the plugins, by identity
 * @param parts what plugins have made of this location, by identity
 * @param content who answers; null if nobody was named
 * @param defaultType a ready header line value
 * @param rate how fast its answers leave
 */
record LocationConf(
        int index,
        String name,
        boolean exact,
        byte[] path,
        CoreLocationSettings core,
        Map<LocationSettings<?>, Record> settings,
        Map<LocationPart<?>, Object> parts,
        @Nullable ContentFactory content,
        byte[] defaultType,
        RateLimit rate,
        PlaceLogs logs) {

    /** Whether it is reached by its name only. */
    boolean isNamed() {
        return name.startsWith("@");
    }
}
