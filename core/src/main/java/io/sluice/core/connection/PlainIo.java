package io.sluice.core.connection;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.log.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * The four operations on a bare socket, whichever the driver. A read that brought less than there was room for, and a write that took
 * less than was offered, say that the socket has no more: the event is not ready then, and the system call that would only have
 * answered AGAIN is saved.
 */
final class PlainIo implements ConnectionIo {
    static final PlainIo INSTANCE = new PlainIo();

    private PlainIo() {}

    @Override
    public int recv(Connection c, Buf into) {
        Endpoint endpoint = c.endpoint();
        Event read = c.slot().read;
        int room = into.room();
        if (room == 0) {
            throw new IllegalArgumentException("recv into a Buf without room");
        }
        int n = endpoint.read(into);
        if (n > 0) {
            c.wake();
            // With the end already announced the event stays ready: nothing else would tell of it again.
            if (n < room && !read.pendingEof) {
                read.ready = false;
                endpoint.awaitRead();
            }
            return n;
        }
        return readStopped(c, endpoint, read, n);
    }

    @Override
    public long recvChain(Connection c, Chain into, long limit) {
        Endpoint endpoint = c.endpoint();
        Event read = c.slot().read;
        long room = 0;
        for (Chain link = into; link != null; link = link.next()) {
            room += link.buf().room();
        }
        room = Math.min(room, limit);
        if (room == 0) {
            throw new IllegalArgumentException("recv into a chain without room");
        }
        long n = endpoint.readv(into, limit);
        if (n > 0) {
            c.wake();
            if (n < room && !read.pendingEof) {
                read.ready = false;
                endpoint.awaitRead();
            }
            return n;
        }
        return readStopped(c, endpoint, read, (int) n);
    }

    private static int readStopped(Connection c, Endpoint endpoint, Event read, int answer) {
        read.ready = false;
        if (answer == Io.AGAIN) {
            endpoint.awaitRead();
            return Io.AGAIN;
        }
        if (answer == Io.END) {
            read.eof = true;
            return Io.END;
        }
        return c.ioFailed(read, endpoint.fault(), "recv() failed");
    }

    @Override
    public int send(Connection c, Buf from) {
        Endpoint endpoint = c.endpoint();
        Event write = c.slot().write;
        long size = from.size();
        int n = endpoint.write(from);
        if (n > 0) {
            from.advance(n);
            c.countSent(n);
            if (n < size) {
                write.ready = false;
                endpoint.awaitWrite();
            }
            return n;
        }
        return sendStopped(c, endpoint, write, n);
    }

    /** After a call that sent nothing: its answer, AGAIN or ERROR, with what follows from it. */
    static int sendStopped(Connection c, Endpoint endpoint, Event write, int answer) {
        write.ready = false;
        if (answer == Io.AGAIN) {
            endpoint.awaitWrite();
            return Io.AGAIN;
        }
        c.ioFailed(write, endpoint.fault(), "send() failed");
        return Io.ERROR;
    }

    @Override
    public @Nullable Chain sendChain(Connection c, Chain from, long limit) {
        Endpoint endpoint = c.endpoint();
        Event write = c.slot().write;
        Chain rest = Chain.sent(from, 0);
        long left = limit;
        while (rest != null && left > 0 && write.ready) {
            TcpPacking.Sending how = TcpPacking.beforeFile(c, endpoint, rest, left);
            if (how == TcpPacking.Sending.FAILED) {
                return Chain.ERROR;
            }
            long offered = offered(rest, left);
            long n = how == TcpPacking.Sending.WITH_MORE
                    ? endpoint.writevMore(rest, left)
                    : sendSome(endpoint, rest, left);
            if (n <= 0) {
                if (rest.buf().inFile() && n == Io.END) {
                    c.setError();
                    c.log().log(LogLevel.ALERT, c, "a file became shorter while it was sent");
                    return Chain.ERROR;
                }
                if (sendStopped(c, endpoint, write, (int) n) == Io.AGAIN) {
                    return rest;
                }
                return Chain.ERROR;
            }
            c.countSent(n);
            left -= n;
            if (n < offered) {
                write.ready = false;
                endpoint.awaitWrite();
            }
            rest = Chain.sent(rest, n);
        }
        if (rest == null && c.moreAnnounced()) {
            c.moreAnnounced(false);
        }
        return rest;
    }

    private static long sendSome(Endpoint endpoint, Chain rest, long limit) {
        Buf first = rest.buf();
        if (first.inFile()) {
            return endpoint.sendFile(first, limit);
        }
        // One Buf is by far the most frequent: send costs less than writev.
        if (rest.next() == null && first.size() <= limit) {
            return endpoint.write(first);
        }
        return endpoint.writev(rest, limit);
    }

    /**
     * What one system call was offered of memory: up to the first file, or the limit. Of a file it counts nothing: a short count of sendfile
     * does not mean that the socket is full.
     */
    private static long offered(Chain chain, long limit) {
        long bytes = 0;
        int count = 0;
        for (Chain link = chain; link != null && bytes < limit && count < Endpoint.GATHER; link = link.next()) {
            Buf buf = link.buf();
            if (buf.inFile()) {
                break;
            }
            long size = buf.size();
            if (size > 0) {
                bytes += size;
                count++;
            }
        }
        return Math.min(bytes, limit);
    }
}
