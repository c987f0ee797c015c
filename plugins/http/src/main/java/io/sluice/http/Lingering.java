package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;

/**
 * Closes connections whose client may still be sending (ngx_http_set_lingering_close): our side ends first, what comes is thrown away for
 * a while, so that the answer is not lost to a reset. One per worker.
 */
final class Lingering {
    private static final int SINK_BYTES = 4096;
    private static final int TURNS = 16;

    private final HttpWorker worker;

    Lingering(HttpWorker worker) {
        this.worker = worker;
    }

    /** Whether a reset could reach the client before the answer does. */
    boolean isWanted(HttpConnection owner, RequestState r) {
        Connection c = owner.connection();
        ConnectionConf settings = r.server().connection();
        if (c.hasError() || c.readEof() || settings.lingeringTimeMillis() <= 0) {
            return false;
        }
        Buf received = r.received;
        return switch (settings.lingeringClose()) {
            case OFF -> false;
            case ALWAYS -> true;
            case ON ->
                !r.bodyDone
                        || r.bodyBroken
                        || c.readReady()
                        || owner.hasPipelined()
                        || (received != null && received.size() > 0);
        };
    }

    /** Begins. The request is over, nothing of it is held. */
    void begin(HttpConnection owner, ConnectionConf settings) {
        Connection c = owner.connection();
        c.shutdownOutput();
        c.reusable(true);
        c.readTimeout(settings.lingeringTimeoutMillis());
        read(owner);
    }

    /** Throws away what is there. */
    void read(HttpConnection owner) {
        Connection c = owner.connection();
        Buf sink = owner.pool().take(SINK_BYTES);
        try {
            for (int i = 0; i < TURNS && c.readReady(); i++) {
                sink.clear();
                int n = c.recv(sink);
                if (n == Io.AGAIN) {
                    break;
                }
                if (n <= 0 || worker.time().nanos() - owner.untilNanos() >= 0) {
                    c.close(CloseReason.FINISHED);
                    return;
                }
            }
        } finally {
            if (c.isOpen()) {
                owner.pool().end();
            }
        }
        c.readTimeout(owner.listen().first().connection().lingeringTimeoutMillis());
        if (c.readReady()) {
            c.postReadNext();
        }
    }
}
