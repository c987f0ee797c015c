package io.sluice.proxy;

import io.sluice.core.buffer.Buf;
import io.sluice.http.parse.BodyFraming;
import io.sluice.http.parse.ChunkedDecoder;
import io.sluice.http.parse.Fault;
import io.sluice.http.parse.Method;
import io.sluice.http.parse.Parse;
import io.sluice.http.parse.ResponseHeadParser;

/**
 * Where in a peer's answer the reading is: the head, then the body by its framing. Recycled from exchange to exchange; holds no bytes.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class ResponseReader {
    /** What is next in the bytes that were received. */
    enum Body {
        /** Bytes for the client: {@link #dataLength} from the Buf's position on. */
        DATA,
        /** Nothing more is here, and more is to come. */
        MORE,
        /** The body is complete. */
        END,
        /** It is not what HTTP allows. */
        BAD
    }

    private static final int FRAME_WINDOW = 512;

    private final ResponseHeadParser head;
    private final ChunkedDecoder chunks;
    private final byte[] scratch;
    private BodyFraming framing = BodyFraming.NONE;
    private long left;
    private int dataLength;

    ResponseReader(ResponseHeadParser head, ChunkedDecoder chunks, byte[] scratch) {
        this.head = head;
        this.chunks = chunks;
        this.scratch = scratch;
    }

    void reset(Method method) {
        head.reset(method);
        chunks.reset();
        framing = BodyFraming.NONE;
        left = 0;
    }

    ResponseHeadParser head() {
        return head;
    }

    /** Parses what a Buf holds of the head. When it is done, the Buf's position is behind it. */
    Parse readHead(Buf in, Method method) {
        while (true) {
            int from = head.position();
            in.get(from, scratch, from, in.last() - from);
            Parse answer = head.parse(scratch, from, in.last());
            if (answer != Parse.DONE) {
                return answer;
            }
            in.advance(head.position() - in.pos());
            if (!head.interim() || head.status() == 101) {
                framing = head.framing();
                left = framing == BodyFraming.LENGTH ? head.contentLength() : 0;
                return Parse.DONE;
            }
            // An interim answer is of this hop: what follows it counts. Its bytes make room.
            int rest = (int) in.size();
            in.get(in.pos(), scratch, 0, rest);
            in.clear();
            in.put(scratch, 0, rest);
            head.reset(method);
        }
    }

    Fault fault() {
        return head.fault();
    }

    BodyFraming framing() {
        return framing;
    }

    /** Bytes of a body of known length that are still to come. */
    long left() {
        return left;
    }

    /** Says what the bytes from the Buf's position on are; framing is passed over. */
    Body next(Buf in) {
        return switch (framing) {
            case NONE -> Body.END;
            case TUNNEL -> Body.BAD;
            case UNTIL_CLOSE -> all(in);
            case LENGTH -> counted(in);
            case CHUNKED -> chunk(in);
        };
    }

    private Body all(Buf in) {
        dataLength = (int) in.size();
        return dataLength == 0 ? Body.MORE : Body.DATA;
    }

    private Body counted(Buf in) {
        if (left == 0) {
            return Body.END;
        }
        dataLength = (int) Math.min(in.size(), left);
        left -= dataLength;
        return dataLength == 0 ? Body.MORE : Body.DATA;
    }

    private Body chunk(Buf in) {
        while (true) {
            if (in.size() == 0) {
                return chunks.done() ? Body.END : Body.MORE;
            }
            if (chunks.dataRemaining() > 0) {
                dataLength = (int) Math.min(in.size(), chunks.dataRemaining());
                chunks.skipData(dataLength);
                return Body.DATA;
            }
            int window = (int) Math.min(in.size(), FRAME_WINDOW);
            in.get(in.pos(), scratch, 0, window);
            ChunkedDecoder.Event event = chunks.frame(scratch, 0, window);
            in.advance(chunks.position());
            switch (event) {
                case DATA, MORE -> {}
                case DONE -> {
                    return Body.END;
                }
                case BAD -> {
                    return Body.BAD;
                }
            }
        }
    }

    int dataLength() {
        return dataLength;
    }

    /** Whether the end of the connection is the end of the body. */
    boolean endsWithConnection() {
        return framing == BodyFraming.UNTIL_CLOSE;
    }
}
