package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.core.log.LogLevel;

/**
 * Watches what a client does while its request runs: sends more of a body, sends the next request already, or goes away
 * (ngx_http_test_reading, ngx_http_block_reading). One per worker.
 */
final class ClientWatch {
    private final Subrequests subrequests;

    ClientWatch(Subrequests subrequests) {
        this.subrequests = subrequests;
    }

    /** The client's connection is readable, or something of its page was posted. */
    void readable(HttpConnection owner, RequestState r) {
        Connection c = owner.connection();
        if (r.hasPosted()) {
            subrequests.runPosted(r);
            if (!owner.runs(r) || !c.readReady()) {
                return;
            }
        }
        RequestListener listener = r.listener;
        if (r.bodyReading && !r.bodyDone && listener != null && !c.peerFailed()) {
            c.clearReadTimeout();
            listener.bodyReadable();
            return;
        }
        // Who has ended only its own direction may still have a body of it unread in the socket.
        boolean gone = r.bodyDone ? c.peerClosed() : c.peerFailed();
        if (gone || !keepWhatComes(c, r)) {
            c.log().log(LogLevel.INFO, c, "client closed the connection before its answer was complete");
            if (!r.headerSent) {
                r.status = 499;
            }
            c.close(CloseReason.PEER_CLOSED);
        }
    }

    /** Bytes of the next request are kept; the end of the stream is noticed. Answers false at the end. */
    private static boolean keepWhatComes(Connection c, RequestState r) {
        Buf received = r.received;
        if (received == null || received.room() == 0 || !r.bodyDone) {
            return true;
        }
        int n = c.recv(received);
        return n > 0 || n == Io.AGAIN;
    }
}
