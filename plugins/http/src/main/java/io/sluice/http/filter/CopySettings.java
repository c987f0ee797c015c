package io.sluice.http.filter;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Range;
import io.sluice.core.config.Settings;
import io.sluice.http.HttpLevels;
import io.sluice.http.LocationSettings;
import java.lang.invoke.MethodHandles;

/** See reference.conf. */
record CopySettings(
        boolean sendfile,
        @Range(min = 0, max = 65_536) Bytes sendfileMin,
        Bytes sendfileMaxChunk,
        OutputBuffers outputBuffers,
        Aio aio) {
    /** Who waits for the disk. */
    enum Aio {
        /** The worker. */
        OFF,
        /** A thread of the pool. */
        THREADS
    }

    /** {@code output-buffers}. */
    record OutputBuffers(
            @Range(min = 1, max = 1024) int number,
            @Range(min = 512, max = 65_536) Bytes size) {
        int bytes() {
            return (int) size.count();
        }
    }

    static final LocationSettings<CopySettings> KEY =
            LocationSettings.of(Settings.of(MethodHandles.lookup(), CopySettings.class)
                    .at(HttpLevels.HTTP, HttpLevels.SERVER, HttpLevels.LOCATION));

    private static final long UNLIMITED_CHUNK = 2 << 20;

    /** What is read or sent in one go before others have their turn. */
    long chunkBytes() {
        long set = sendfileMaxChunk.count();
        return set == 0 ? UNLIMITED_CHUNK : set;
    }

    /** What the buffers of one answer take at most. */
    int reservedBytes() {
        return outputBuffers.number() * blockBytes();
    }

    /** Memory comes in powers of two. */
    private int blockBytes() {
        int wanted = outputBuffers.bytes();
        int block = Integer.highestOneBit(wanted);
        return block == wanted ? block : block * 2;
    }
}
