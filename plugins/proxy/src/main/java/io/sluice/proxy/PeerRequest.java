package io.sluice.proxy;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Io;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.BodyFraming;
import io.sluice.http.parse.Digits;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.Method;
import io.sluice.upstream.Repeat;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The request as a peer gets it: the head made of the client's, then the body as it comes. What was sent is kept for another attempt for
 * as long as it fits the one buffer that there is for it; the client is read only as fast as the peer takes it.
 *
 * <p><b>Thread:</b> the worker's. Used again for each request of a client.
 */
final class PeerRequest {
    /** Why a request that was with the peers of one location cannot go to those of another. */
    static final String BODY_GONE = "the beginning of the request's body is gone";

    /** What sending has come to. */
    enum Sent {
        /** All of it is with the peer's socket. */
        ALL,
        /** The peer takes no more now. */
        PEER_BUSY,
        /** The client has sent no more yet. */
        CLIENT_SLOW,
        /** The connection to the peer failed. */
        PEER_FAILED,
        /** The client is gone or was refused: the exchange is over. */
        CLIENT_GONE
    }

    private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "Transfer-Encoding: chunked\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "Content-Length: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int HOST = HeaderName.HOST.ordinal();
    private static final int CONTENT_LENGTH = HeaderName.CONTENT_LENGTH.ordinal();
    private static final int EXPECT = HeaderName.EXPECT.ordinal();
    private static final int DYNAMIC_BYTES = 8 * 1024;
    private static final int MOST_BYTES = 64 * 1024;

    /** Four digits, CRLF before the data, CRLF behind it. */
    private static final int CHUNK_FRAME = 8;

    private final HttpRequest client;
    private final byte[] scratch;
    private @Nullable Buf head;
    private @Nullable Buf body;
    private int bodyBytes;
    private boolean chunked;
    private boolean started;
    private boolean replayable;
    private boolean bodyComplete;

    /** Which of the client's requests the body is of. */
    private int bodyOf;

    PeerRequest(HttpRequest client, byte[] scratch) {
        this.client = client;
        this.scratch = scratch;
    }

    /** Makes the head. Answers null, or why it cannot be made. */
    @Nullable
    String make(ProxyConf conf) {
        started = false;
        if (!makeBody(conf.busyBytes())) {
            return BODY_GONE;
        }
        int size = sizeOf(conf);
        if (size > MOST_BYTES) {
            return "the head for the peer is too large";
        }
        Buf to = client.pool().take(size);
        head = to;
        client.putMethod(to);
        to.put((byte) ' ');
        if (conf.path() == null) {
            client.putTarget(to);
        } else {
            client.putTarget(to, conf.path(), conf.locationLength());
        }
        to.put(VERSION);
        to.put(conf.headers().constant());
        String wrong = conf.headers().put(client, to);
        if (wrong != null) {
            return wrong;
        }
        putClientHeaders(conf.headers(), to);
        if (chunked) {
            to.put(CHUNKED);
        } else if (client.contentLength() >= 0) {
            to.put(LENGTH);
            putDecimal(to, client.contentLength());
            to.put(LINE_END);
        }
        to.put(LINE_END);
        return null;
    }

    /** Answers false if some of the body was read and is not here any more. */
    private boolean makeBody(int bytes) {
        BodyFraming framing = client.bodyFraming();
        chunked = framing == BodyFraming.CHUNKED;
        int number = client.connection().requests();
        boolean again = bodyOf == number;
        bodyOf = number;
        if (framing != BodyFraming.NONE && client.bodyBegun()) {
            // It goes on elsewhere after peers of another location had it: these get what those got.
            Buf kept = again && replayable ? body : null;
            if (kept == null) {
                return false;
            }
            kept.rewind();
            return true;
        }
        replayable = true;
        body = null;
        bodyBytes = bytes;
        bodyComplete = framing == BodyFraming.NONE;
        return true;
    }

    private int sizeOf(ProxyConf conf) {
        byte[] path = conf.path();
        int size = 128 + client.methodLength() + conf.headers().constant().length;
        size += path == null ? client.targetLength() : path.length + client.escapedTargetLength();
        size += conf.headers().isDynamic() ? DYNAMIC_BYTES : 0;
        for (int i = 0; i < client.headerCount(); i++) {
            size += client.headerBytes(i);
        }
        return size;
    }

    private void putClientHeaders(SentHeaders ours, Buf to) {
        int count = client.headerCount();
        for (int i = 0; i < count; i++) {
            int id = client.headerId(i);
            // Host is ours unless the configuration passes the client's on by a variable; length and expectation are of
            // each hop.
            boolean dropped = id == HOST
                    || id == CONTENT_LENGTH
                    || id == EXPECT
                    || client.isHopByHop(i)
                    || ours.replaces(client, i);
            if (!dropped) {
                client.putHeader(i, to);
            }
        }
    }

    private void putDecimal(Buf to, long number) {
        int end = Digits.decimal(number, scratch, 0);
        to.put(scratch, 0, end);
    }

    /** Starts over on another connection. Only if {@link #repeat} allows it. */
    void rewind() {
        Buf first = head;
        if (first != null) {
            first.rewind();
        }
        Buf sent = body;
        if (sent != null) {
            sent.rewind();
        }
        started = false;
    }

    /** Whether it may be given to another peer after what was sent so far. */
    Repeat repeat() {
        if (!started) {
            return Repeat.UNSENT;
        }
        if (!replayable) {
            return Repeat.IMPOSSIBLE;
        }
        return switch (client.method()) {
            case GET, HEAD, PUT, DELETE, OPTIONS, TRACE -> Repeat.SAFE;
            case POST, PATCH, CONNECT, OTHER -> Repeat.UNSAFE;
        };
    }

    /** Sends what can be sent now. */
    Sent send(Connection peer) {
        Buf first = head;
        if (first == null) {
            throw new IllegalStateException("no request was made");
        }
        started = true;
        if (first.size() > 0) {
            Sent sent = send(peer, first);
            if (sent != Sent.ALL) {
                return sent;
            }
        }
        return sendBody(peer);
    }

    private Sent sendBody(Connection peer) {
        while (true) {
            Buf piece = body;
            if (piece != null && piece.size() > 0) {
                Sent sent = send(peer, piece);
                if (sent != Sent.ALL) {
                    return sent;
                }
            }
            if (bodyComplete) {
                return Sent.ALL;
            }
            if (piece == null) {
                piece = client.pool().take(bodyBytes);
                body = piece;
            } else if (piece.room() <= CHUNK_FRAME + LAST_CHUNK.length) {
                piece.clear();
                replayable = false;
            }
            int n = chunked ? readChunk(piece) : client.readBody(piece);
            if (n == Io.AGAIN) {
                return Sent.CLIENT_SLOW;
            }
            if (n == Io.ERROR) {
                return Sent.CLIENT_GONE;
            }
            if (n == Io.END || client.bodyDone()) {
                bodyComplete = true;
                if (chunked) {
                    piece.put(LAST_CHUNK);
                }
            }
        }
    }

    /** Reads into the room behind a size line of four digits, which is written once the size is known. */
    private int readChunk(Buf piece) {
        int at = piece.last();
        piece.put(HEX, 0, 4);
        piece.put(LINE_END);
        Buf data = client.pool().room(piece, Math.min(piece.room() - 2 - LAST_CHUNK.length, 0xffff));
        int n;
        try {
            n = client.readBody(data);
        } finally {
            // The request may be over: then its memory is gone with it.
            if (client.isRunning()) {
                client.pool().free(data);
            }
        }
        if (n <= 0) {
            if (n != Io.ERROR) {
                piece.truncate(at);
            }
            return n;
        }
        client.pool().filled(piece, n);
        for (int i = 0; i < 4; i++) {
            piece.set(at + i, HEX[n >> (12 - 4 * i) & 0xf]);
        }
        piece.put(LINE_END);
        return n;
    }

    private static Sent send(Connection peer, Buf buf) {
        while (buf.size() > 0) {
            int n = peer.send(buf);
            if (n == Io.AGAIN) {
                return Sent.PEER_BUSY;
            }
            if (n <= 0) {
                return Sent.PEER_FAILED;
            }
        }
        return Sent.ALL;
    }

    boolean isHead() {
        return client.method() == Method.HEAD;
    }

    /** Whether all of it, body included, has been sent. */
    boolean isComplete() {
        Buf first = head;
        Buf last = body;
        return bodyComplete && first != null && first.size() == 0 && (last == null || last.size() == 0);
    }
}
