package io.sluice.proxy;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.BodyFraming;
import io.sluice.http.parse.Parse;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a peer as it is received: the Buf it lies in, and the reader that knows where in it we are. Used again for each exchange
 * of a client; between two of them it holds neither.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class PeerAnswer {
    /** What reading the head has come to. */
    enum Head {
        /** It is read, the Buf's position is behind it. */
        DONE,
        /** The peer has sent no more yet. */
        MORE,
        /** The peer ended the connection before. */
        CLOSED,
        /** The connection failed. */
        FAILED,
        /** It is not what HTTP allows. */
        BAD,
        /** The buffer is too small for it. */
        TOO_LARGE
    }

    /** Reads in a row; then others have their turn, however fast a peer sends. */
    static final int READS = 64;

    private final ProxyWorker worker;
    private final HttpRequest request;
    private @Nullable ResponseReader reader;
    private @Nullable Buf buf;

    PeerAnswer(ProxyWorker worker, HttpRequest request) {
        this.worker = worker;
        this.request = request;
    }

    /** Whether this attempt has begun to read. */
    boolean isBegun() {
        return buf != null;
    }

    /** Reads what has come of the head, interim answers passed over. */
    Head readHead(Connection c, int bufferBytes, Tries tries) {
        ResponseReader into = reader;
        if (into == null) {
            into = worker.takeReader();
            reader = into;
        }
        Buf in = buf;
        if (in == null) {
            into.reset(request.method());
            in = request.pool().take(bufferBytes);
            buf = in;
        }
        for (int reads = 0; reads < READS; reads++) {
            int n = c.recv(in);
            if (n == Io.AGAIN) {
                return Head.MORE;
            }
            if (n <= 0) {
                return n == Io.END ? Head.CLOSED : Head.FAILED;
            }
            tries.count(Tries.Figure.BYTES_RECEIVED, n);
            Parse parsed = into.readHead(in, request.method());
            if (parsed == Parse.DONE) {
                return Head.DONE;
            }
            if (parsed == Parse.BAD) {
                return Head.BAD;
            }
            if (in.room() == 0) {
                return Head.TOO_LARGE;
            }
            if (!c.readReady()) {
                return Head.MORE;
            }
        }
        // Interim answers without an end: the time for the head ends them.
        c.postReadNext();
        return Head.MORE;
    }

    /** Where we are in the answer that is being read. */
    ResponseReader reader() {
        ResponseReader current = reader;
        if (current == null) {
            throw new IllegalStateException("no answer is being read");
        }
        return current;
    }

    /** What was received last. */
    Buf buf() {
        Buf current = buf;
        if (current == null) {
            throw new IllegalStateException("nothing of an answer was read");
        }
        return current;
    }

    /** Whether all of the answer, and nothing else, has been received with its head. */
    boolean isWhole() {
        ResponseReader answer = reader();
        long behind = buf().size();
        return switch (answer.framing()) {
            case NONE -> behind == 0;
            case LENGTH -> behind == answer.left();
            case CHUNKED, UNTIL_CLOSE, TUNNEL -> false;
        };
    }

    /** Where the body goes on. The small buffer of the head serves until a body turns out to be larger. */
    Buf bodyBuf(ProxyConf conf) {
        ResponseReader answer = reader();
        Buf current = buf;
        boolean large = answer.framing() != BodyFraming.LENGTH || answer.left() > conf.bufferBytes();
        if (current == null || (large && current.end() - current.start() < conf.busyBytes())) {
            current = request.pool().take(large ? conf.busyBytes() : conf.bufferBytes());
            buf = current;
        }
        return current;
    }

    /** The next attempt reads into a Buf of its own. */
    void forgetBuf() {
        buf = null;
    }

    /** The exchange is over. */
    void end() {
        buf = null;
        ResponseReader used = reader;
        if (used != null) {
            reader = null;
            worker.giveBack(used);
        }
    }
}
