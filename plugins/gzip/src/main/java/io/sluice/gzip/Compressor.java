package io.sluice.gzip;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A stream of raw deflate with the checksum and the count that gzip wants (RFC 1952). Holds native memory until {@link #close}; used again
 * for one response after the other by {@link CompressorPool}.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Compressor implements AutoCloseable {
    /** What zlib takes for a window of 32 KB and its tables, and some more. */
    static final int NATIVE_BYTES = 288 * 1024;

    /** To be written before what the stream gives: deflate, no name, no time, made on Unix. */
    static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

    private static final byte[] NOTHING = {};

    private final int level;
    private final Deflater deflater;
    private final CRC32 checksum = new CRC32();

    Compressor(int level) {
        this.level = level;
        this.deflater = new Deflater(level, true);
    }

    int level() {
        return level;
    }

    /** Takes from one direct ByteBuffer what it can and puts into another, both of which move on. */
    void compress(ByteBuffer from, ByteBuffer to) {
        int begin = from.position();
        int end = from.limit();
        deflater.setInput(from);
        deflater.deflate(to, Deflater.NO_FLUSH);
        int taken = from.position();
        from.limit(taken).position(begin);
        checksum.update(from);
        from.limit(end);
        // The ByteBuffer is lent for this call.
        deflater.setInput(NOTHING);
    }

    /** Answers whether all that was given has come out; if not, there is more for another ByteBuffer. */
    boolean flush(ByteBuffer to) {
        deflater.deflate(to, Deflater.SYNC_FLUSH);
        return to.hasRemaining();
    }

    /** Ends the stream. Answers whether its end has come out; if not, there is more for another ByteBuffer. */
    boolean finish(ByteBuffer to) {
        deflater.finish();
        deflater.deflate(to, Deflater.NO_FLUSH);
        return deflater.finished();
    }

    /** Of all bytes taken so far. */
    int checksum() {
        return (int) checksum.getValue();
    }

    /** Bytes taken so far, modulo 2^32. */
    int count() {
        return (int) deflater.getBytesRead();
    }

    /** Forgets everything: ready for another response. */
    void reset() {
        deflater.reset();
        checksum.reset();
    }

    /** Gives the native memory back. */
    @Override
    public void close() {
        deflater.end();
    }
}
