package io.sluice.gzip;

import io.sluice.http.LocationPart;
import io.sluice.http.LocationView;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * How one location compresses, ready for use. Immutable, shared by all workers.
 *
 * @param level from 1, the fastest, to 9, the smallest
 * @param minLength responses of a known length below it go as they are
 * @param http10 whether clients of HTTP/1.0 get it too
 * @param proxied of {@link Proxied#bits}
 * @param buffers into which is compressed; while none is free, no more is taken
 * @param disabled texts in lower case; an agent that contains one gets nothing compressed
 */
record GzipConf(
        boolean enabled,
        int level,
        MediaTypes types,
        long minLength,
        boolean http10,
        int proxied,
        boolean vary,
        int buffers,
        int bufferBytes,
        byte[][] disabled) {

    static final LocationPart<GzipConf> PART = LocationPart.of(GzipConf::read);

    private static GzipConf read(LocationView location) {
        GzipSettings settings = location.settings(GzipSettings.KEY);
        return new GzipConf(
                settings.enabled(),
                settings.compLevel(),
                new MediaTypes(settings.types()),
                settings.minLength().count(),
                settings.httpVersion().equals("1.0"),
                Proxied.bits(settings.proxied()),
                settings.vary(),
                settings.buffers().number(),
                (int) settings.buffers().size().count(),
                settings.disable().stream()
                        .map(text -> text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1))
                        .toArray(byte[][]::new));
    }
}
