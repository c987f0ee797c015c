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
 * Reads into the room of a chain in one call. Two Bufs with room never lie in one block, so each has a view of its own.
 *
 * <p><b>Thread:</b> the driver's worker.
 */
final class NioScatter {
    private final NativeAccess memory;
    private final ByteBuffer[] pieces = new ByteBuffer[Endpoint.GATHER];

    /** Whose room a piece lends. */
    private final @Nullable Buf[] lent = new Buf[Endpoint.GATHER];

    NioScatter(NativeAccess memory) {
        this.memory = memory;
    }

    /** As {@link Endpoint#readv}, but with the JDK's answers: 0 if there is nothing now, -1 at the end. */
    long read(SocketChannel socket, Chain into, long limit) throws IOException {
        int count = collect(into, limit);
        try {
            long n = count == 1 ? socket.read(pieces[0]) : socket.read(pieces, 0, count);
            fill(into, n);
            return n;
        } finally {
            Arrays.fill(lent, 0, count, null);
        }
    }

    private int collect(Chain into, long limit) {
        int count = 0;
        long left = limit;
        for (Chain link = into; link != null && left > 0 && count < Endpoint.GATHER; link = link.next()) {
            Buf buf = link.buf();
            int room = (int) Math.min(buf.room(), left);
            if (room > 0) {
                pieces[count] = piece(buf, count, room);
                lent[count] = buf;
                count++;
                left -= room;
            }
        }
        return count;
    }

    private ByteBuffer piece(Buf buf, int count, int room) {
        ByteBuffer view = memory.writeView(buf);
        for (int i = 0; i < count; i++) {
            Buf twin = lent[i];
            if (pieces[i] == view && twin != null) {
                // Both Bufs lie in one block, which has one view: this Buf takes a second one, and the first is set
                // back.
                view = view.duplicate();
                memory.writeView(twin);
            }
        }
        return view.limit(view.position() + room);
    }

    private void fill(Chain into, long bytes) {
        long left = bytes;
        for (Chain link = into; link != null && left > 0; link = link.next()) {
            int taken = (int) Math.min(link.buf().room(), left);
            memory.filled(link.buf(), taken);
            left -= taken;
        }
    }
}
