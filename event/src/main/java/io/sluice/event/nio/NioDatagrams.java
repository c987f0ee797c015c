package io.sluice.event.nio;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * Puts a datagram together, or takes one apart, in memory of its own: the JDK sends and receives a datagram in one piece.
 *
 * <p><b>Thread:</b> the driver's worker.
 */
final class NioDatagrams {
    /** More than any datagram of the internet protocols has. */
    static final int BYTES = 65_536;

    private final ByteBuffer staging = ByteBuffer.allocateDirect(BYTES);

    /** The first datagram of a chain, up to a flush or last mark; null if it is longer than any can be. */
    @Nullable
    ByteBuffer gather(Chain from) {
        staging.clear();
        for (Chain link = from; link != null; link = link.next()) {
            Buf buf = link.buf();
            int size = (int) buf.size();
            if (size > staging.remaining()) {
                return null;
            }
            if (size > 0) {
                buf.get(buf.pos(), staging, size);
            }
            if (buf.flush() || buf.lastBuf()) {
                break;
            }
        }
        return staging.flip();
    }

    /** Receives a datagram, to be fetched by {@link #scatter}. Answers how many bytes it has, or -1 if there is none. */
    int receive(DatagramChannel channel) throws IOException {
        staging.clear();
        if (channel.receive(staging) == null) {
            return -1;
        }
        staging.flip();
        return staging.remaining();
    }

    /** Fills the Bufs of a chain, in order; what they and the limit leave no room for is lost. Answers how many bytes were put. */
    long scatter(Chain into, long limit) {
        long moved = 0;
        for (Chain link = into; link != null && staging.hasRemaining() && moved < limit; link = link.next()) {
            int n = (int) Math.min(Math.min(link.buf().room(), staging.remaining()), limit - moved);
            link.buf().put(staging, n);
            moved += n;
        }
        return moved;
    }
}
