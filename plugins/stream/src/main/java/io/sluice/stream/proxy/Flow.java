package io.sluice.stream.proxy;

import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.BufferedBit;
import io.sluice.core.connection.Connection;
import io.sluice.stream.SessionMemory;
import io.sluice.stream.StreamSession;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a session: reads from its source what its destination has taken the former of (one half of ngx_stream_proxy_process).
 * It holds memory only while it holds bytes.
 *
 * <p><b>Thread:</b> the worker's.
 */
abstract sealed class Flow permits ByteFlow, DatagramFlow {
    /** What a move came to. */
    enum Moved {
        /** The source has no more, the destination takes no more, or there is a delay: an event or a timer goes on. */
        WAITS,
        /** There is no memory: the session's listener will hear. */
        NO_MEMORY,
        /** The destination can take nothing any more. */
        FAILED
    }

    /** Reads in a row; then others have their turn, however fast both sides are. */
    static final int READS = 64;

    final Pool pool;
    final Pace pace;
    private final SessionMemory memory;
    private final BufferedBit waiting;
    private final int bufferBytes;
    private @Nullable Connection source;
    private @Nullable Connection destination;
    private long received;
    private long packets;
    private boolean ended;
    private boolean delayed;

    Flow(Pool pool, StreamSession session, int bufferBytes, Pace pace) {
        this.pool = pool;
        this.memory = session.memory();
        this.waiting = session.writeBit();
        this.bufferBytes = bufferBytes;
        this.pace = pace;
    }

    final void from(@Nullable Connection connection) {
        source = connection;
    }

    /** @param connection null while there is none: what is read until then is kept */
    final void to(@Nullable Connection connection) {
        destination = connection;
    }

    final @Nullable Connection source() {
        return source;
    }

    final @Nullable Connection destination() {
        return destination;
    }

    /** Bytes read from the source. */
    final long received() {
        return received;
    }

    /** Reads that brought something: datagrams, where the source sends those. */
    final long packets() {
        return packets;
    }

    final void count(int bytes) {
        received += bytes;
        packets++;
    }

    /** The source has ended its stream, or failed. */
    final boolean isEnded() {
        return ended;
    }

    /** An error was logged where it happened; for the other side it is the end. */
    final void end() {
        ended = true;
    }

    /** Nothing is read until a timer of the source has fired. */
    final boolean isDelayed() {
        return delayed;
    }

    final void delayOver() {
        delayed = false;
    }

    final void delay(Connection from, long millis) {
        delayed = true;
        from.readTimeout(millis);
    }

    final int bufferBytes() {
        return bufferBytes;
    }

    /** Both directions have theirs or none has: who holds one never waits for the other. */
    final boolean reserve() {
        return memory.reserve(2 * bufferBytes);
    }

    /** The same, for larger buffers; never waited for. */
    final boolean grow(int largerBytes) {
        return memory.grow(2 * largerBytes);
    }

    /** Bytes for the destination are here, or below it. */
    final boolean isHolding() {
        Connection to = destination;
        return holdsBytes() || (to != null && (to.buffered() & BufferedBit.LOW_LEVEL) != 0);
    }

    /** Says whether the destination has to take more before anything else. */
    final void waits(Connection to, boolean on) {
        if (on) {
            to.buffer(waiting);
        } else if (to.isBuffered(waiting)) {
            to.unbuffer(waiting);
        }
    }

    /** Whether memory is taken. */
    abstract boolean holdsMemory();

    abstract boolean holdsBytes();

    /** Moves what can be moved now. */
    abstract Moved move();

    /** Nothing is moved any more. */
    abstract void close();
}
