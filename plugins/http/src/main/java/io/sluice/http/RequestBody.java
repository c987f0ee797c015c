package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.core.log.LogLevel;
import io.sluice.http.parse.BodyFraming;
import io.sluice.http.parse.ChunkedDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads bodies of requests (ngx_http_request_body.c), as far as its reader has room: a reader that
 * stops slows the client down. One per worker.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class RequestBody {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DISCARD_BYTES = 4096;
    private static final int DISCARD_TURNS = 16;

    private final byte[] scratch;

    /** @param scratch for bytes between two statements */
    RequestBody(byte[] scratch) {
        this.scratch = scratch;
    }

    int read(HttpRequest request, RequestState r, Buf into) {
        if (r.bodyDone || !AskedRequest.hasBody(r)) {
            return Io.END;
        }
        if (!r.continueSent && r.parser.expectContinue() && r.bodyRead == 0) {
            r.continueSent = true;
            if (!sendContinue(request)) {
                return Io.ERROR;
            }
        }
        int n = r.parser.framing() == BodyFraming.CHUNKED
                ? readChunked(request, r, into)
                : readLength(request, r, into);
        if (n == Io.AGAIN) {
            r.bodyReading = true;
            request.connection().readTimeout(r.server().connection().clientBodyTimeoutMillis());
        } else if (r.bodyDone) {
            r.bodyReading = false;
            request.connection().clearReadTimeout();
        }
        return n;
    }

    /** Reads away what is there. Answers whether the body is complete. */
    boolean discard(HttpRequest request, RequestState r) {
        if (r.bodyBroken) {
            return false;
        }
        if (r.parser.expectContinue() && !r.continueSent && r.bodyRead == 0) {
            // The client waits for leave to send: it gets none, and what it sends after the answer cannot be told from
            // a request.
            return false;
        }
        r.discarding = true;
        try {
            return discardWhatIsThere(request, r);
        } finally {
            r.discarding = false;
        }
    }

    private boolean discardWhatIsThere(HttpRequest request, RequestState r) {
        Buf sink = request.pool().take(DISCARD_BYTES);
        for (int i = 0; i < DISCARD_TURNS && !r.bodyDone; i++) {
            sink.clear();
            int n = r.parser.framing() == BodyFraming.CHUNKED
                    ? readChunked(request, r, sink)
                    : readLength(request, r, sink);
            if (n == Io.AGAIN || n == Io.ERROR || !request.runs(r)) {
                return false;
            }
        }
        return r.bodyDone;
    }

    private boolean sendContinue(HttpRequest request) {
        Buf buf = request.pool().take(CONTINUE.length);
        buf.put(CONTINUE);
        if (request.connection().send(buf) == CONTINUE.length) {
            return true;
        }
        // Nothing was sent before on this turn of the connection: a socket that takes no 25 bytes is broken.
        request.connection().close(CloseReason.IO_ERROR);
        return false;
    }

    private int readLength(HttpRequest request, RequestState r, Buf into) {
        long left = r.parser.contentLength() - r.bodyRead;
        Buf received = received(request, r);
        int n;
        if (received.size() > 0) {
            n = (int) Math.min(Math.min(received.size(), left), into.room());
            into.put(received, received.pos(), n);
            received.advance(n);
        } else if (left >= into.room()) {
            // What is read cannot reach into the next request: straight to where it is wanted.
            n = request.connection().recv(into);
            if (n <= 0) {
                return stopped(request, r, n);
            }
        } else {
            received.clear();
            n = request.connection().recv(received);
            if (n <= 0) {
                return stopped(request, r, n);
            }
            return readLength(request, r, into);
        }
        r.bodyRead += n;
        r.bodyReceived += n;
        if (r.bodyRead == r.parser.contentLength()) {
            r.bodyDone = true;
        }
        return n;
    }

    private int readChunked(HttpRequest request, RequestState r, Buf into) {
        Connection c = request.connection();
        while (true) {
            Buf received = received(request, r);
            if (received.size() == 0) {
                received.clear();
                int n = c.recv(received);
                if (n <= 0) {
                    return stopped(request, r, n);
                }
            }
            if (r.chunks.dataRemaining() > 0) {
                int n = (int) Math.min(Math.min(received.size(), r.chunks.dataRemaining()), into.room());
                into.put(received, received.pos(), n);
                received.advance(n);
                r.chunks.skipData(n);
                r.bodyRead += n;
                r.bodyReceived += n;
                return tooLarge(request, r) ? Io.ERROR : n;
            }
            int size = (int) received.size();
            received.get(received.pos(), scratch, 0, size);
            ChunkedDecoder.Event event = r.chunks.frame(scratch, 0, size);
            received.advance(r.chunks.position());
            r.bodyReceived += r.chunks.position();
            switch (event) {
                case DATA, MORE -> {}
                case DONE -> {
                    r.bodyDone = true;
                    return Io.END;
                }
                case BAD -> {
                    c.log()
                            .at(LogLevel.INFO, c)
                            .text("client sent a bad chunked body: ")
                            .text(r.chunks.fault().text())
                            .write();
                    return refuse(request, r, r.chunks.fault().status());
                }
            }
        }
    }

    private boolean tooLarge(HttpRequest request, RequestState r) {
        long limit = r.location().core().clientMaxBodySize().count();
        if (limit == 0 || r.bodyRead <= limit) {
            return false;
        }
        request.connection()
                .log()
                .log(LogLevel.INFO, request.connection(), "client sent a chunked body that is too large");
        refuse(request, r, 413);
        return true;
    }

    /** Where bytes of the body and of what follows it are received. The head's own buffer, until that is used up. */
    private Buf received(HttpRequest request, RequestState r) {
        Buf received = r.received;
        if (received == null || (received.size() == 0 && received != r.bodyBuf)) {
            received = request.pool()
                    .take((int) r.location().core().clientBodyBufferSize().count());
            r.bodyBuf = received;
            r.received = received;
        }
        return received;
    }

    private int stopped(HttpRequest request, RequestState r, int answer) {
        if (answer == Io.AGAIN) {
            return Io.AGAIN;
        }
        request.connection().unexpectedEof(answer == Io.END);
        if (r.discarding && answer == Io.END) {
            r.bodyBroken = true;
            return Io.ERROR;
        }
        Connection c = request.connection();
        if (answer == Io.END) { // an error has been told
            c.log().log(LogLevel.INFO, c, "client closed the connection in the middle of its request's body");
        }
        if (!r.headerSent) {
            r.status = 400;
        }
        c.close(answer == Io.END ? CloseReason.PEER_CLOSED : CloseReason.IO_ERROR);
        return Io.ERROR;
    }

    private int refuse(HttpRequest request, RequestState r, int status) {
        r.keepAlive = false;
        r.bodyBroken = true;
        if (r.discarding) {
            return Io.ERROR;
        }
        if (r.headerSent || !request.owner().abandonPage(r)) {
            request.connection().close(CloseReason.FINISHED);
        } else if (request.runs(r)) {
            request.answer(status);
            request.finish();
        }
        return Io.ERROR;
    }
}
