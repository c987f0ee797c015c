package io.sluice.core.connection;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Pool;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the operations of a connection of which bytes were read that are somebody else's: they are received first. Gone, with its
 * memory, when the last of them is received.
 */
final class PutBackIo implements ConnectionIo {
    private final ConnectionIo under;
    private final Pool pool;
    private final Buf bytes;
    private int left;

    private PutBackIo(ConnectionIo under, Pool pool, Buf bytes) {
        this.under = under;
        this.pool = pool;
        this.bytes = bytes;
        this.left = (int) bytes.size();
    }

    static void put(Connection c, Buf back) {
        int count = (int) back.size();
        if (count == 0) {
            return;
        }
        Pool pool = c.owner().engine().slabs().countedPool(0);
        Buf kept = pool.take(count);
        if (!c.isOpen()) {
            // To count its memory a reusable connection was closed, and it was this one.
            pool.close();
            return;
        }
        kept.put(back, back.pos(), count);
        c.io(new PutBackIo(c.io(), pool, kept));
        c.slot().read.ready = true;
    }

    @Override
    public int recv(Connection c, Buf into) {
        return left == 0 ? under.recv(c, into) : give(c, into, Integer.MAX_VALUE);
    }

    /** The event stays ready: whether the socket has more is not known here. */
    private int give(Connection c, Buf into, long limit) {
        int n = (int) Math.min(Math.min(left, limit), into.room());
        if (n == 0) {
            throw new IllegalArgumentException("recv into a Buf without room");
        }
        c.wake();
        into.put(bytes, bytes.pos(), n);
        bytes.advance(n);
        left -= n;
        if (left == 0) {
            end(c);
        }
        return n;
    }

    @Override
    public long recvChain(Connection c, Chain into, long limit) {
        if (left == 0) {
            return under.recvChain(c, into, limit);
        }
        long given = 0;
        for (Chain link = into; link != null && left > 0 && given < limit; link = link.next()) {
            if (link.buf().room() > 0) {
                given += give(c, link.buf(), limit - given);
            }
        }
        if (given == 0) {
            throw new IllegalArgumentException("recv into a chain without room");
        }
        return given;
    }

    @Override
    public int send(Connection c, Buf from) {
        return under.send(c, from);
    }

    @Override
    public @Nullable Chain sendChain(Connection c, Chain from, long limit) {
        return under.sendChain(c, from, limit);
    }

    @Override
    public void closed(Connection c) {
        left = 0;
        pool.close();
        under.closed(c);
    }

    private void end(Connection c) {
        pool.close();
        // Another may stand before this one by now; then it stays, and passes on.
        if (c.io() == this) {
            c.io(under);
        }
    }
}
