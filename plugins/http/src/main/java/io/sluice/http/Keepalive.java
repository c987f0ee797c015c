package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.TcpSwitch;

/**
 * Keeps connections between two requests (ngx_http_set_keepalive). What only makes the next request quicker is dropped when a client has
 * been quiet for a second: most idle connections stay idle for long. One per worker.
 */
final class Keepalive {
    private static final long QUIET_MILLIS = 1000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final HttpWorker worker;

    Keepalive(HttpWorker worker) {
        this.worker = worker;
    }

    /** Whether the connection may carry another request after this one, as far as it can be said when this one begins. */
    boolean isAllowed(HttpConnection owner, ConnectionConf settings) {
        return settings.keepaliveTimeoutMillis() > 0
                && owner.connection().requests() < settings.keepaliveRequests()
                && worker.time().nanos() - owner.startNanos() < settings.keepaliveTimeNanos();
    }

    /** The request is over: the next one begins if it is here, else its client is waited for. */
    void begin(HttpConnection owner, RequestState r) {
        Buf received = r.received;
        int left = received == null ? 0 : (int) received.size();
        if (left > 0 && received != null) {
            pipelined(owner, r, received, left);
            return;
        }
        Connection c = owner.connection();
        long timeoutMillis = r.server().connection().keepaliveTimeoutMillis();
        boolean noDelay = r.noDelay();
        owner.free(r);
        if (c.readEof()) {
            c.close(CloseReason.PEER_CLOSED);
            return;
        }
        // The cork keeps the end of an answer back until it is taken off. Who was corked will be again with the next
        // file, which would
        // switch no-delay off once more: as nginx on Linux it stays off.
        boolean corked = c.tcpNoPushState() == TcpSwitch.SET;
        if (!c.tcpPush() || noDelay && !corked && !c.tcpNoDelay()) {
            c.close(CloseReason.IO_ERROR);
            return;
        }
        owner.awaitNext(worker.time().nanos() + timeoutMillis * NANOS_PER_MILLI);
        c.readTimeout(Math.min(timeoutMillis, QUIET_MILLIS));
        if (c.readReady()) {
            c.postRead();
        }
    }

    /** The next request is here already: it begins in this turn, but after what else is ready, so that one client cannot hold the loop. */
    private void pipelined(HttpConnection owner, RequestState r, Buf received, int bytes) {
        byte[] scratch = worker.scratch();
        received.get(received.pos(), scratch, 0, bytes);
        ConnectionConf settings = owner.listen().first().connection();
        int size = Math.max(bytes, settings.clientHeaderBufferBytes());
        owner.freeButMemory(r);
        owner.pool().end();
        Buf first = owner.pool().take(size);
        first.put(scratch, 0, bytes);
        owner.startPipelined(first);
        Connection c = owner.connection();
        c.readTimeout(settings.clientHeaderTimeoutMillis());
        c.postRead();
    }

    /** No request has come: the first time the connection becomes small, then it goes. */
    void timedOut(HttpConnection owner) {
        long leftNanos = owner.untilNanos() - worker.time().nanos();
        if (owner.hasServed() && leftNanos > 0) {
            owner.forgetHandles();
            owner.connection().readTimeout((leftNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        } else {
            owner.connection().close(CloseReason.TIMED_OUT);
        }
    }
}
