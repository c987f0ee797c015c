package io.sluice.upstream;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Io;

/**
 * Owns connections to peers while no request uses them. An idle peer has nothing to say: whatever it sends ends the
 * connection.
 */
final class KeepaliveConsumer implements Consumer<KeptConnection>, AutoCloseable {
    static final ConsumerKey<KeptConnection> KEY = new ConsumerKey<>("upstream-keepalive", KeptConnection.class);

    private final Pool pool;
    private final Buf unwanted;

    /** @param pool now this one's */
    KeepaliveConsumer(Pool pool) {
        this.pool = pool;
        this.unwanted = pool.take(1);
    }

    @Override
    public void readable(KeptConnection item) {
        Connection c = item.connection;
        int n = c.recv(unwanted);
        if (n == Io.AGAIN) {
            return;
        }
        unwanted.clear();
        c.close(n == Io.ERROR ? CloseReason.IO_ERROR : CloseReason.PEER_CLOSED);
    }

    @Override
    public void closed(KeptConnection item, CloseReason why) {
        item.cache.remove(item);
    }

    @Override
    public void close() {
        pool.end();
    }
}
