package io.sluice.event.nio;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.connection.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a chain in one call: small Bufs are copied together, large ones lent as they are. A head and a small body so become one piece,
 * which is cheaper than two pieces for the JDK, for the system and for the Java heap.
 *
 * <p><b>Thread:</b> the driver's worker.
 */
final class NioGather {
    /**
     * Up to here copying takes no more processor time than another piece (measured over loopback; from 16,000 bytes on it does), and
     * leaves nothing on the Java heap, as {@code NioSteadyStateTest} holds.
     */
    static final int COPIED_BYTES = 8192;

    private static final int STAGING_BYTES = 32 * 1024;

    private final NativeAccess memory;
    private final byte[] through = new byte[COPIED_BYTES];
    private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING_BYTES);

    /** Windows on the staging buffer, one for each piece that may be copied. */
    private final ByteBuffer[] copies = new ByteBuffer[Endpoint.GATHER];

    private final ByteBuffer[] pieces = new ByteBuffer[Endpoint.GATHER];

    /** Whose bytes a piece lends; null for a copy. */
    private final @Nullable Buf[] lent = new Buf[Endpoint.GATHER];

    private int count;

    NioGather(NativeAccess memory) {
        this.memory = memory;
        for (int i = 0; i < copies.length; i++) {
            copies[i] = staging.duplicate();
        }
    }

    /** As {@link Endpoint#writev}; 0 if the socket takes nothing now. */
    long write(SocketChannel socket, Chain from, long limit) throws IOException {
        try {
            collect(from, limit);
            return count == 1 ? socket.write(pieces[0]) : socket.write(pieces, 0, count);
        } finally {
            Arrays.fill(lent, 0, count, null);
            count = 0;
        }
    }

    private void collect(Chain from, long limit) {
        staging.clear();
        long left = limit;
        int bufs = 0;
        for (Chain link = from; link != null && left > 0 && bufs < Endpoint.GATHER; link = link.next()) {
            Buf buf = link.buf();
            if (buf.inFile()) {
                return;
            }
            int size = (int) Math.min(buf.size(), left);
            if (size == 0) {
                continue;
            }
            if (size <= COPIED_BYTES && size <= staging.remaining()) {
                copy(buf, size);
            } else {
                lend(buf, size);
            }
            bufs++;
            left -= size;
        }
    }

    private void copy(Buf buf, int size) {
        // By way of an array, because the view of the block may be lent to a piece already.
        buf.get(buf.pos(), through, 0, size);
        int from = staging.position();
        staging.put(through, 0, size);
        if (count > 0 && lent[count - 1] == null) {
            pieces[count - 1].limit(from + size);
        } else {
            pieces[count] = copies[count].limit(from + size).position(from);
            count++;
        }
    }

    private void lend(Buf buf, int size) {
        ByteBuffer view = memory.readView(buf);
        Buf twin = lenderOf(view);
        if (twin != null) {
            // Both Bufs lie in one block, which has one view: this Buf takes a second one, and the first is set back.
            view = view.duplicate();
            memory.readView(twin);
        }
        pieces[count] = view.limit(view.position() + size);
        lent[count] = buf;
        count++;
    }

    /** Views are compared as objects: two of different blocks may well hold the same bytes. */
    private @Nullable Buf lenderOf(ByteBuffer view) {
        for (int i = 0; i < count; i++) {
            if (pieces[i] == view) {
                return lent[i];
            }
        }
        return null;
    }
}
