package io.sluice.proxyprotocol;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.core.transport.Passage;
import io.sluice.core.transport.TransportStage;
import org.jspecify.annotations.Nullable;

/** Tells peers, before anything else, for which client a connection is made. */
final class HeaderWriter implements TransportStage<HeaderWriter.Wanted, HeaderWriter.Sending> {
    static final String NAME = "proxy-protocol-to-peers";

    /** @param timeoutMillis until the system has taken it */
    record Wanted(HeaderVersion version, long timeoutMillis) {}

    /** A connection whose peer has not taken all of the header yet. */
    static final class Sending {
        private final Passage passage;
        private @Nullable Buf left;

        private Sending(Passage passage) {
            this.passage = passage;
        }
    }

    /** Empty between two calls. */
    private final Pool pool;

    /** @param pool now this one's */
    HeaderWriter(Pool pool) {
        this.pool = pool;
    }

    @Override
    public long timeoutMillis(Wanted settings) {
        return settings.timeoutMillis();
    }

    @Override
    public Sending begin(Passage passage, Wanted settings) {
        Sending sending = new Sending(passage);
        try {
            Buf header = pool.take(NewHeader.MAX_BYTES);
            NewHeader.put(passage.client(), settings.version(), header);
            if (!send(passage, header)) {
                Buf left = passage.connection().pool().take((int) header.size());
                left.put(header, header.pos(), (int) header.size());
                sending.left = left;
            }
        } finally {
            pool.end();
        }
        return sending;
    }

    @Override
    public void writable(Sending sending) {
        Buf left = sending.left;
        if (left != null && send(sending.passage, left)) {
            sending.left = null;
        }
    }

    /** What the peer says is the consumer's. */
    @Override
    public void readable(Sending sending) {}

    /** Answers false while the socket takes no more. */
    private static boolean send(Passage passage, Buf header) {
        Connection c = passage.connection();
        while (header.size() > 0) {
            int n = c.send(header);
            if (n == Io.AGAIN) {
                return false;
            }
            if (n < 0) {
                c.close(CloseReason.IO_ERROR);
                return true;
            }
        }
        passage.done();
        return true;
    }

    @Override
    public void close() {
        pool.close();
    }
}
