package io.sluice.proxy;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.BodyFraming;
import io.sluice.http.parse.HeaderName;
import io.sluice.upstream.PeerConnection;
import io.sluice.upstream.RetryPolicy;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;

/**
 * Reads the head of a peer's answer, and gives it to the client unless another peer is to be asked for a better one.
 *
 * <p><b>Thread:</b> the worker's. Used again for each request of a client.
 */
final class HeadRelay {
    private final ProxySession session;
    private final HttpRequest request;
    private final Attempts attempts;
    private final PeerAnswer answer;

    HeadRelay(ProxySession session, HttpRequest request, Attempts attempts, PeerAnswer answer) {
        this.session = session;
        this.request = request;
        this.attempts = attempts;
        this.answer = answer;
    }

    /** Reads what is there; when the head is complete, goes on with it. */
    void read(Connection c, ProxyConf conf) {
        switch (answer.readHead(c, conf.bufferBytes(), attempts.tries())) {
            case DONE -> done();
            case MORE -> {}
            case CLOSED -> {
                c.unexpectedEof(true);
                session.log("upstream closed the connection before it had answered");
                session.failed(RetryPolicy.ERROR, ProxySession.BAD_GATEWAY);
            }
            case FAILED -> session.failed(RetryPolicy.ERROR, ProxySession.BAD_GATEWAY);
            case BAD -> invalid(answer.reader().fault().text());
            case TOO_LARGE -> invalid("upstream sent a head larger than proxy.buffer-size");
        }
    }

    private void invalid(String why) {
        session.log(why);
        session.failed(NextUpstream.INVALID_HEADER.bit(), ProxySession.BAD_GATEWAY);
    }

    private void done() {
        ResponseReader reader = answer.reader();
        int status = reader.head().status();
        attempts.answered(status);
        if (reader.framing() == BodyFraming.TUNNEL) {
            invalid("upstream switched to a protocol that was not asked for");
            return;
        }
        PeerConnection<ProxySession> peer = attempts.peer();
        int condition = NextUpstream.ofStatus(status);
        if (condition != 0 && peer.mayTryNext(condition, attempts.repeat())) {
            attempts.ended();
            peer.next(condition, elsewhere(reader), attempts.repeat());
            attempts.again();
            return;
        }
        // Not before, as in nginx: an answer that is asked for elsewhere is none.
        session.report().kept().keep(reader.head().headers(), answer.buf(), request.pool());
        peer.notifyPeer(PeerEvent.HEADER);
        int ignored = session.conf().ignoredHeaders();
        AccelHeaders.limitRate(reader.head(), answer.buf(), request, ignored);
        String goesTo = AccelHeaders.redirect(reader.head(), answer.buf(), ignored);
        if (goesTo != null) {
            session.redirect(goesTo, isClean(reader));
            return;
        }
        session.enter(ProxySession.State.RELAYING);
        PeerHeaders.copy(reader.head(), answer.buf(), request);
        AccelHeaders.charset(reader.head(), answer.buf(), request, ignored);
        // The peer has seen the conditions, and may have sent this answer because of them.
        request.conditionsWeighed();
        if (session.conf().forceRanges()) {
            request.allowRanges(true);
            request.singleRange(true);
            request.removeResponseHeader(HeaderName.ACCEPT_RANGES);
        }
        if (request.sendHeader() == FilterResult.ERROR) {
            request.connection().close(CloseReason.IO_ERROR);
            return;
        }
        if (request.headerOnly() && reader.framing() != BodyFraming.NONE) {
            // A filter has answered in the peer's place: its body is nobody's.
            session.complete(null, false);
        } else {
            session.relayBody();
        }
    }

    /** How an attempt ends whose answer is to ask another. */
    private Outcome elsewhere(ResponseReader reader) {
        if (!NextUpstream.isHarmless(reader.head().status())) {
            return Outcome.FAILED;
        }
        return isClean(reader) ? Outcome.NEXT_KEEPALIVE : Outcome.NEXT;
    }

    /** Whether the connection may serve another request though nobody reads the body. */
    private boolean isClean(ResponseReader reader) {
        return answer.isWhole() && attempts.leavesClean() && reader.head().keepAlive();
    }
}
