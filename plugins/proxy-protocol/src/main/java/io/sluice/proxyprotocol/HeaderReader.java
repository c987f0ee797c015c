package io.sluice.proxyprotocol;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.core.log.LogLevel;
import io.sluice.core.transport.Passage;
import io.sluice.core.transport.TransportStage;

/**
 * Reads the header of accepted connections, whatever pieces it comes in, and not a byte more. While it waits for the rest the connection
 * holds what has come, and nothing before that.
 */
final class HeaderReader implements TransportStage<HeaderReader.Wanted, Passage> {
    static final String NAME = "proxy-protocol";

    /** @param timeoutMillis for the whole header */
    record Wanted(long timeoutMillis) {}

    /** Empty between two calls. */
    private final Pool pool;

    private final byte[] bytes = new byte[Header.MAX_BYTES];

    /** @param pool now this one's */
    HeaderReader(Pool pool) {
        this.pool = pool;
    }

    @Override
    public long timeoutMillis(Wanted settings) {
        return settings.timeoutMillis();
    }

    @Override
    public Passage begin(Passage passage, Wanted settings) {
        return passage;
    }

    @Override
    public void readable(Passage passage) {
        try {
            read(passage, passage.connection(), pool.take(Header.MAX_BYTES));
        } finally {
            pool.end();
        }
    }

    private void read(Passage passage, Connection c, Buf buf) {
        do {
            int n = c.recv(buf);
            if (n == Io.AGAIN) {
                break;
            }
            if (n <= 0) {
                gone(c, n, buf.size() > 0);
                return;
            }
            c.reusable(false);
            if (isOver(passage, c, buf)) {
                return;
            }
        } while (c.readReady());
        c.putBack(buf);
    }

    private boolean isOver(Passage passage, Connection c, Buf buf) {
        int length = (int) Math.min(buf.size(), bytes.length);
        buf.get(buf.pos(), bytes, 0, length);
        switch (Header.parse(bytes, length)) {
            case Parsed.Incomplete _ -> {
                return false;
            }
            case Parsed.Broken(String why) -> {
                c.log().log(LogLevel.INFO, c, "broken PROXY protocol header: " + why);
                c.close(CloseReason.FINISHED);
            }
            case Parsed.Whole whole -> {
                if (whole.proxied() != null) {
                    c.proxied(whole.proxied());
                }
                buf.advance(whole.length());
                c.putBack(buf);
                passage.done();
            }
        }
        return true;
    }

    private static void gone(Connection c, int answer, boolean begun) {
        if (begun && answer == Io.END) {
            c.log().log(LogLevel.INFO, c, "client closed the connection in its PROXY protocol header");
        }
        c.close(answer == Io.END ? CloseReason.PEER_CLOSED : CloseReason.IO_ERROR);
    }

    @Override
    public void close() {
        pool.close();
    }
}
