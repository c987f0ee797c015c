package io.sluice.core.connection;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.log.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * The four operations where datagrams are moved, whichever the driver: nothing is said by a datagram that is shorter than the room for it,
 * so the event stays ready until an operation has answered AGAIN.
 */
final class DatagramIo implements ConnectionIo {
    static final DatagramIo INSTANCE = new DatagramIo();

    private DatagramIo() {}

    @Override
    public int recv(Connection c, Buf into) {
        if (into.room() == 0) {
            throw new IllegalArgumentException("recv into a Buf without room");
        }
        return received(c, c.endpoint().read(into));
    }

    @Override
    public long recvChain(Connection c, Chain into, long limit) {
        if (limit == 0 || !hasRoom(into)) {
            throw new IllegalArgumentException("recv into a chain without room");
        }
        return received(c, (int) c.endpoint().readv(into, limit));
    }

    private static boolean hasRoom(Chain into) {
        for (Chain link = into; link != null; link = link.next()) {
            if (link.buf().room() > 0) {
                return true;
            }
        }
        return false;
    }

    private static int received(Connection c, int n) {
        if (n > 0 || n == Io.EMPTY_DATAGRAM) {
            c.wake();
            return n;
        }
        Endpoint endpoint = c.endpoint();
        Event read = c.slot().read;
        read.ready = false;
        if (n == Io.AGAIN) {
            endpoint.awaitRead();
            return Io.AGAIN;
        }
        return c.ioFailed(read, endpoint.fault(), "recv() failed") == Io.END ? Io.AGAIN : Io.ERROR;
    }

    @Override
    public int send(Connection c, Buf from) {
        Endpoint endpoint = c.endpoint();
        int n = endpoint.write(from);
        if (n >= 0) {
            from.advance(n);
            c.countSent(n);
            return n;
        }
        return PlainIo.sendStopped(c, endpoint, c.slot().write, n);
    }

    @Override
    public @Nullable Chain sendChain(Connection c, Chain from, long limit) {
        Endpoint endpoint = c.endpoint();
        Event write = c.slot().write;
        Chain rest = from;
        long left = limit;
        while (rest != null && left > 0 && write.ready && hasMark(rest)) {
            if (holdsFile(rest)) {
                c.setError();
                c.log().log(LogLevel.ALERT, c, "a part of a file cannot be sent in a datagram");
                return Chain.ERROR;
            }
            int n = endpoint.sendDatagrams(rest, left);
            if (n < 0) {
                return PlainIo.sendStopped(c, endpoint, write, n) == Io.AGAIN ? rest : Chain.ERROR;
            }
            long before = c.sent();
            rest = sent(c, rest, n);
            left -= c.sent() - before;
        }
        return rest;
    }

    /** Whether a datagram ends anywhere in the chain: what no mark follows waits for more. */
    private static boolean hasMark(Chain chain) {
        for (Chain link = chain; link != null; link = link.next()) {
            if (isMarked(link.buf())) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a file in the first datagram; those before a later one can be sent. */
    private static boolean holdsFile(Chain chain) {
        for (Chain link = chain; link != null; link = link.next()) {
            if (link.buf().inFile()) {
                return true;
            }
            if (isMarked(link.buf())) {
                return false;
            }
        }
        return false;
    }

    /** Moves the positions on by so many datagrams. */
    private static @Nullable Chain sent(Connection c, Chain from, int datagrams) {
        Chain link = from;
        for (int left = datagrams; left > 0 && link != null; link = link.next()) {
            Buf buf = link.buf();
            long size = buf.size();
            if (size > 0) {
                buf.advance(size);
                c.countSent(size);
            }
            if (isMarked(buf)) {
                left--;
            }
        }
        return link;
    }

    private static boolean isMarked(Buf buf) {
        return buf.flush() || buf.lastBuf();
    }
}
