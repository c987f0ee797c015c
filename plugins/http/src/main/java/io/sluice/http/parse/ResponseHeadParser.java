package io.sluice.http.parse;

import java.nio.charset.StandardCharsets;

/**
 * Reads the head of a peer's HTTP/1 response, as strictly as {@link RequestHeadParser} reads requests and with the
 * same rules for arrays, segments and positions. How the body ends is decided by RFC 9112 (6.3), for which the parser
 * must know what was asked.
 *
 * <p><b>Thread:</b> one worker. Reusable after {@link #reset}.
 */
public final class ResponseHeadParser {
    private static final long HTTP_1_1 = Octets.word("HTTP/1.1".getBytes(StandardCharsets.US_ASCII), 0);
    private static final long HTTP_1_0 = Octets.word("HTTP/1.0".getBytes(StandardCharsets.US_ASCII), 0);
    private static final int VERSION_BYTES = 8;
    /** Version, space, three digits. */
    private static final int LEAST_LINE_BYTES = 12;

    private static final int CONNECTION = HeaderName.CONNECTION.ordinal();
    private static final int CONTENT_LENGTH = HeaderName.CONTENT_LENGTH.ordinal();
    private static final int TRANSFER_ENCODING = HeaderName.TRANSFER_ENCODING.ordinal();

    private static final boolean[] ATTENTION = new boolean[HeaderName.values().length];

    static {
        ATTENTION[CONNECTION] = true;
        ATTENTION[CONTENT_LENGTH] = true;
        ATTENTION[TRANSFER_ENCODING] = true;
    }

    private final HeaderReader reader;
    private final ConnectionOptions connection = new ConnectionOptions();
    private final Framing framing = new Framing();

    private Method method = Method.OTHER;
    private boolean lineRead;
    private boolean done;
    private boolean http11;
    private int status;
    private int lineSegment;
    private int reasonFrom;
    private int reasonTo;

    public ResponseHeadParser(HeadLimits limits, KnownHeaders known) {
        reader = new HeaderReader(limits, known, ATTENTION);
        reset(Method.OTHER);
    }

    /** Takes the limits and names of another configuration, and resets. */
    public void use(HeadLimits limits, KnownHeaders known) {
        reader.use(limits, known);
        reset(Method.OTHER);
    }

    /**
     * Forgets everything; the next {@link #parse} begins a response. To be called after an interim response, too.
     *
     * @param requestMethod what was asked: HEAD and CONNECT change where the response ends
     */
    public void reset(Method requestMethod) {
        reader.reset();
        connection.reset();
        framing.reset();
        method = requestMethod;
        lineRead = false;
        done = false;
        status = 0;
    }

    /** The unfinished line, or all of a head of which nothing was parsed yet, moves to another place. */
    public void nextSegment() {
        reader.nextSegment();
    }

    /**
     * @param from where the unfinished line begins: {@link #position()}, but for a new response or segment anywhere
     * @param to end of the bytes that are there; what stands outside does not matter
     */
    public Parse parse(byte[] bytes, int from, int to) {
        if (done || reader.fault() != Fault.NONE) {
            return done ? Parse.DONE : Parse.BAD;
        }
        reader.resume(bytes, from, to);
        if (!lineRead) {
            int end = reader.lineEnd(bytes, to, reader.limits().startLineBytes(), Fault.STATUS_LINE_TOO_LONG);
            if (end < 0) {
                return reader.fault() == Fault.NONE ? Parse.MORE : Parse.BAD;
            }
            if (!statusLine(bytes, reader.position(), end)) {
                return bad(Fault.BAD_STATUS_LINE);
            }
            lineRead = true;
            lineSegment = reader.segment();
            reader.advance(end);
        }
        HeaderReader.Line next;
        while ((next = reader.next(bytes, to)) == HeaderReader.Line.HEADER) {
            Fault fault = header(bytes, reader.id());
            if (fault != Fault.NONE) {
                return bad(fault);
            }
        }
        return switch (next) {
            case HEADER, MORE -> Parse.MORE;
            case BAD -> Parse.BAD;
            case END -> {
                done = true;
                yield Parse.DONE;
            }
        };
    }

    /** The space before an empty reason is often left out, and so tolerated, unlike anything else. */
    private boolean statusLine(byte[] bytes, int from, int to) {
        if (to - from < LEAST_LINE_BYTES) {
            return false;
        }
        long version = Octets.word(bytes, from);
        http11 = version != HTTP_1_0;
        boolean known = version == HTTP_1_1
                || version == HTTP_1_0
                || (Octets.low(version ^ HTTP_1_1, VERSION_BYTES - 1) == 0
                        && Octets.isDigit(bytes[from + VERSION_BYTES - 1]));
        int at = from + VERSION_BYTES;
        boolean digits =
                Octets.isDigit(bytes[at + 1]) && Octets.isDigit(bytes[at + 2]) && Octets.isDigit(bytes[at + 3]);
        boolean bounded = bytes[at] == Octets.SP && (at + 4 == to || bytes[at + 4] == Octets.SP);
        if (!known || !digits || !bounded || bytes[at + 1] == '0') {
            return false;
        }
        status = (bytes[at + 1] - '0') * 100 + (bytes[at + 2] - '0') * 10 + (bytes[at + 3] - '0');
        reasonFrom = Math.min(at + 5, to);
        reasonTo = to;
        return true;
    }

    private Fault header(byte[] bytes, int id) {
        if (id == CONNECTION) {
            return connection.add(bytes, reader.valueFrom(), reader.valueTo(), reader.known());
        } else if (id == CONTENT_LENGTH) {
            return framing.length(bytes, reader.valueFrom(), reader.valueTo());
        } else if (id == TRANSFER_ENCODING) {
            return framing.coding(bytes, reader.valueFrom(), reader.valueTo(), http11);
        }
        return Fault.NONE;
    }

    private Parse bad(Fault fault) {
        reader.refuse(fault);
        return Parse.BAD;
    }

    /** Where the unfinished line begins; after {@link Parse#DONE} where the head ended. */
    public int position() {
        return reader.position();
    }

    /** @return {@link Fault#NONE} unless the response was refused; each fault is an invalid header for retries */
    public Fault fault() {
        return reader.fault();
    }

    /** @return 100..999, or 0 as long as the status line is not complete */
    public int status() {
        return status;
    }

    /** @return true for HTTP/1.1 and any higher minor version, false for HTTP/1.0 */
    public boolean http11() {
        return http11;
    }

    /** Segment of the status line. */
    public int lineSegment() {
        return lineSegment;
    }

    public int reasonOffset() {
        return reasonFrom;
    }

    public int reasonLength() {
        return reasonTo - reasonFrom;
    }

    public HeaderTable headers() {
        return reader.table();
    }

    /** @return whether another head follows for the same request: all 1xx but 101, which ends HTTP on a connection */
    public boolean interim() {
        return status >= 100 && status < 200 && status != 101;
    }

    public BodyFraming framing() {
        if (status == 101 || (method == Method.CONNECT && status >= 200 && status < 300)) {
            return BodyFraming.TUNNEL;
        }
        if (method == Method.HEAD || status < 200 || status == 204 || status == 304) {
            return BodyFraming.NONE;
        }
        if (framing.chunked()) {
            return BodyFraming.CHUNKED;
        }
        if (framing.contentLength() < 0) {
            return BodyFraming.UNTIL_CLOSE;
        }
        return framing.contentLength() > 0 ? BodyFraming.LENGTH : BodyFraming.NONE;
    }

    /** @return -1 if there is no Content-Length; of HEAD and 304 the length of a body that does not come */
    public long contentLength() {
        return framing.contentLength();
    }

    /** @return whether the header says chunked, also where no body comes */
    public boolean chunked() {
        return framing.chunked();
    }

    /** @return whether the connection may serve another request once this response has ended */
    public boolean keepAlive() {
        BodyFraming body = framing();
        return !connection.close()
                && (http11 || connection.keepAlive())
                && body != BodyFraming.UNTIL_CLOSE
                && body != BodyFraming.TUNNEL;
    }

    /** @return whether Connection names this header, which is then not for the next hop */
    public boolean namedByConnection(int header) {
        return connection.names(headers(), header);
    }
}
