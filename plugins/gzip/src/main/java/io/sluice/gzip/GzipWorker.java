package io.sluice.gzip;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.connection.BufferedBit;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.core.time.CachedTime;
import io.sluice.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What all compressed responses of one worker share: the compressors, memory to pass bytes to zlib through, and how much of the worker's
 * memory they may take.
 *
 * <p>No memory of a {@link Buf} is lent to zlib, since a ByteBuffer over a block would go on to see it when it belongs to another client.
 * A copy of 16 KB costs less than a hundredth of its compression.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class GzipWorker implements AutoCloseable {
    static final WorkerKey<GzipWorker> KEY = WorkerKey.of("gzip");

    /** What zlib is given, and gives, in one call. */
    private static final int PIECE_BYTES = 16 * 1024;

    private final MemoryBudget budget;
    private final CachedTime time;
    private final BufferedBit bit;
    private final CompressorPool compressors = new CompressorPool();
    private final Function<HttpRequest, GzipStream> streams = this::stream;
    private final long mostReserved;
    private long reserved;
    private @Nullable ByteBuffer plain;
    private @Nullable ByteBuffer compressed;

    GzipWorker(WorkerContext context, BufferedBit bit) {
        this.budget = context.budget();
        this.time = context.time();
        this.bit = bit;
        this.mostReserved = budget.limitBytes() / 2;
    }

    BufferedBit bit() {
        return bit;
    }

    CachedTime time() {
        return time;
    }

    CompressorPool compressors() {
        return compressors;
    }

    /** Makes a client's stream at its first response that is compressed. */
    Function<HttpRequest, GzipStream> streams() {
        return streams;
    }

    private GzipStream stream(HttpRequest request) {
        return new GzipStream(this, request);
    }

    /** For bytes on their way to zlib, between two statements; empty. Made when it is first wanted. */
    ByteBuffer plain() {
        ByteBuffer made = plain;
        if (made == null) {
            made = ByteBuffer.allocateDirect(PIECE_BYTES);
            plain = made;
        }
        return made.clear();
    }

    /** For bytes that come from zlib, between two statements; empty. */
    ByteBuffer compressed() {
        ByteBuffer made = compressed;
        if (made == null) {
            made = ByteBuffer.allocateDirect(PIECE_BYTES);
            compressed = made;
        }
        return made.clear();
    }

    /**
     * Asks for memory for one response, beside what was reserved for its exchange. Who does not get it sends the response as it is: nobody
     * waits for memory while it holds some. Compression takes half of the worker's memory at most, so that slow clients that accept gzip
     * leave room for others.
     */
    boolean reserve(int bytes) {
        if (reserved + bytes > mostReserved || !budget.tryReserve(bytes)) {
            return false;
        }
        reserved += bytes;
        return true;
    }

    void release(int bytes) {
        reserved -= bytes;
        budget.release(bytes);
    }

    /** The worker leaves the cycle: what is kept of native memory goes back. */
    @Override
    public void close() {
        compressors.close();
    }
}
