package io.sluice.testkit.driver;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Io;
import java.io.ByteArrayOutputStream;

/** Moves a datagram between an array and Bufs. */
final class DatagramBytes {
    /** The most that UDP over IPv4 carries. */
    static final int LARGEST = 65_507;

    private DatagramBytes() {}

    /** Answers as a read does; what there is no room for is lost. */
    static int read(byte[] datagram, Buf into) {
        int n = Math.min(datagram.length, into.room());
        into.put(datagram, 0, n);
        return n == 0 ? Io.EMPTY_DATAGRAM : n;
    }

    static int read(byte[] datagram, Chain into, long limit) {
        int most = (int) Math.min(datagram.length, limit);
        int moved = 0;
        for (Chain link = into; link != null && moved < most; link = link.next()) {
            int n = Math.min(link.buf().room(), most - moved);
            link.buf().put(datagram, moved, n);
            moved += n;
        }
        return moved == 0 ? Io.EMPTY_DATAGRAM : moved;
    }

    static byte[] of(Buf from) {
        byte[] datagram = new byte[(int) from.size()];
        if (datagram.length > 0) {
            from.get(from.pos(), datagram, 0, datagram.length);
        }
        return datagram;
    }

    /** The first datagram of a chain, up to a flush or last mark. */
    static byte[] first(Chain from) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Chain link = from; link != null; link = link.next()) {
            bytes.writeBytes(of(link.buf()));
            if (link.buf().flush() || link.buf().lastBuf()) {
                break;
            }
        }
        return bytes.toByteArray();
    }
}
