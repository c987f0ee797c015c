package io.sluice.proxy;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.core.log.LogLevel;
import io.sluice.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Passes the body of a peer's answer on as fast as the client takes it: while the client is busy, nothing is read from the peer.
 *
 * <p><b>Thread:</b> the worker's. Used again for each request of a client.
 */
final class BodyRelay {
    private final ProxySession session;
    private final HttpRequest request;
    private final Attempts attempts;
    private final PeerAnswer answer;
    private boolean clientBusy;

    /** Whether the client may not have got all that was passed on. */
    private boolean unflushed;

    BodyRelay(ProxySession session, HttpRequest request, Attempts attempts, PeerAnswer answer) {
        this.session = session;
        this.request = request;
        this.attempts = attempts;
        this.answer = answer;
    }

    void reset() {
        clientBusy = false;
        unflushed = false;
    }

    /** The client has taken what it was given. */
    void clientReady() {
        clientBusy = false;
    }

    /** Passes on what came with the head, then what else is there. */
    void begin(ProxyConf conf) {
        Buf first = answer.buf();
        boolean withoutBody = first.size() == 0;
        attempts.tries().count(Tries.Figure.BODY_BYTES, first.size());
        pass(first);
        Connection c = attempts.connection();
        if (session.isRelaying() && c != null) {
            if (withoutBody && !c.readReady()) {
                // The body may take its time: the client gets the head meanwhile.
                output(request.flushing());
            }
            relay(c, conf);
        }
    }

    /** Reads from the peer what the client has taken the former of. */
    void relay(Connection c, ProxyConf conf) {
        for (int reads = 0; session.isRelaying() && !clientBusy; reads++) {
            if (reads == PeerAnswer.READS) {
                c.readTimeout(conf.readTimeoutMillis());
                c.postReadNext();
                return;
            }
            Buf buf = answer.bodyBuf(conf);
            int n = c.readReady() ? c.recv(buf.clear()) : Io.AGAIN;
            if (n == Io.AGAIN) {
                pause(c, conf);
                return;
            }
            if (n <= 0) {
                if (n == Io.END && answer.reader().endsWithConnection()) {
                    session.complete(null, false);
                } else {
                    c.unexpectedEof(n == Io.END);
                    session.log("upstream closed the connection in the middle of its answer");
                    session.truncated();
                }
                return;
            }
            attempts.tries().count(Tries.Figure.BYTES_RECEIVED, n);
            attempts.tries().count(Tries.Figure.BODY_BYTES, n);
            pass(buf);
        }
    }

    /** The peer has sent no more yet: the client gets all that came, also what a filter keeps for more. */
    private void pause(Connection c, ProxyConf conf) {
        if (unflushed) {
            unflushed = false;
            output(request.flushing());
        }
        if (session.isRelaying() && !clientBusy) {
            c.readTimeout(conf.readTimeoutMillis());
        }
    }

    /** Gives the client what a Buf holds of the body. */
    private void pass(Buf buf) {
        ResponseReader reader = answer.reader();
        Chain first = null;
        Chain last = null;
        while (true) {
            switch (reader.next(buf)) {
                case DATA -> {
                    int from = buf.pos();
                    buf.advance(reader.dataLength());
                    Chain piece = request.piece(buf, from, buf.pos(), false);
                    if (last == null) {
                        first = piece;
                    } else {
                        last.next(piece);
                    }
                    last = piece;
                }
                case MORE -> {
                    if (first != null && last != null) {
                        // The Buf is read into again: nothing of it may be held back for more output.
                        last.buf().recycled(true);
                        unflushed = true;
                        output(first);
                    }
                    return;
                }
                case END -> {
                    end(buf, first, last);
                    return;
                }
                case BAD -> {
                    session.log("upstream sent a body that HTTP does not allow");
                    if (first != null) {
                        output(first);
                    }
                    if (session.isRelaying()) {
                        session.truncated();
                    }
                    return;
                }
            }
        }
    }

    private void end(Buf buf, @Nullable Chain first, @Nullable Chain last) {
        boolean excess = buf.size() > 0;
        if (excess) {
            request.connection().log().log(LogLevel.WARN, request.connection(), "upstream sent more than its answer");
        }
        if (last != null) {
            last.buf().lastBuf(true).lastInChain(true);
        }
        session.complete(first, !excess);
    }

    private void output(Chain chain) {
        switch (request.output(chain)) {
            case DONE -> {}
            case AGAIN -> {
                clientBusy = true;
                Connection c = attempts.connection();
                if (c != null) {
                    // It is not the peer who is slow now.
                    c.clearReadTimeout();
                }
            }
            case ERROR -> request.connection().close(CloseReason.IO_ERROR);
        }
    }
}
