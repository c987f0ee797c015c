package io.sluice.event.nio;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.connection.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Reads into the room of a chain in one call. Two Bufs with room never lie in one block, so each has a view of its own.
 *
 * <p><b>Thread:</b> the driver's worker.
 */
final class NioScatter {
    private final NativeAccess memory;
    private final ByteBuffer[] pieces = new ByteBuffer[Endpoint.GATHER];

    NioScatter(NativeAccess memory) {
        this.memory = memory;
    }

    /** As {@link Endpoint#readv}, but with the JDK's answers: 0 if there is nothing now, -1 at the end. */
    long read(SocketChannel socket, Chain into, long limit) throws IOException {
        int count = collect(into, limit);
        long n = count == 1 ? socket.read(pieces[0]) : socket.read(pieces, 0, count);
        fill(into, n);
        return n;
    }

    private int collect(Chain into, long limit) {
        int count = 0;
        long left = limit;
        for (Chain link = into; link != null && left > 0 && count < Endpoint.GATHER; link = link.next()) {
            Buf buf = link.buf();
            int room = (int) Math.min(buf.room(), left);
            if (room > 0) {
                ByteBuffer view = memory.writeView(buf);
                pieces[count] = view.limit(view.position() + room);
                count++;
                left -= room;
            }
        }
        return count;
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
