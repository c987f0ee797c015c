package io.sluice.http.parse;

/**
 * Reads the head of an HTTP/1 request as strictly as RFC 9112 permits: where two recipients could read the same bytes
 * differently, the request is refused. It allocates nothing while parsing (but see {@link HeaderTable}) and throws
 * nothing on bad input.
 *
 * <p>The caller puts what it received into an array and calls {@link #parse}. Offsets that are reported are indices
 * of that array; the caller maps them to wherever the bytes really are. After {@link Parse#MORE} the bytes from
 * {@link #position()} on must be in the array again, at the same indices, followed by new ones. To move the
 * unfinished line to another place, call {@link #nextSegment()} first; lines that are complete keep their segment and
 * offsets.
 *
 * <p>Header values may hold HTAB and bytes from 0x80 on (obs-text, RFC 9110, 5.5), no other control. Obsolete line
 * folding, a bare CR or LF, and whitespace around a header name are refused.
 *
 * <p><b>Thread:</b> one worker. Reusable after {@link #reset()}.
 */
public final class RequestHeadParser {
    /** RFC 9112 (2.2) asks for at least one to be ignored. */
    private static final int MOST_EMPTY_LINES = 4;

    private static final int HOST = HeaderName.HOST.ordinal();
    private static final int CONNECTION = HeaderName.CONNECTION.ordinal();
    private static final int CONTENT_LENGTH = HeaderName.CONTENT_LENGTH.ordinal();
    private static final int TRANSFER_ENCODING = HeaderName.TRANSFER_ENCODING.ordinal();
    private static final int EXPECT = HeaderName.EXPECT.ordinal();
    private static final boolean[] ONCE = once();
    private static final boolean[] ATTENTION = ONCE.clone();
    private static final byte[] CONTINUE = {'1', '0', '0', '-', 'c', 'o', 'n', 't', 'i', 'n', 'u', 'e'};

    static {
        ATTENTION[CONNECTION] = true;
    }

    private final HeaderReader reader;
    private final RequestLine line = new RequestLine();
    private final Authority authority = new Authority();
    private final Authority.Kept target = new Authority.Kept();
    private final ConnectionOptions connection = new ConnectionOptions();
    private final Framing framing = new Framing();

    private boolean lineRead;
    private Method begunBy = Method.OTHER;
    private boolean done;
    private int emptyLines;
    private boolean expectContinue;
    private int hostHeader;
    private int hostLength;
    private int port;

    public RequestHeadParser(HeadLimits limits, KnownHeaders known) {
        reader = new HeaderReader(limits, known, ATTENTION);
        reset();
    }

    /** Takes the limits and names of another configuration, and resets. */
    public void use(HeadLimits limits, KnownHeaders known) {
        reader.use(limits, known);
        reset();
    }

    /** Forgets everything; the next {@link #parse} begins a request, wherever its bytes are. */
    public void reset() {
        reader.reset();
        connection.reset();
        framing.reset();
        lineRead = false;
        begunBy = Method.OTHER;
        done = false;
        emptyLines = 0;
        expectContinue = false;
        hostHeader = -1;
    }

    /** The unfinished line, or all of a head of which nothing was parsed yet, moves to another place. */
    public void nextSegment() {
        reader.nextSegment();
    }

    /**
     * @param from where the unfinished line begins: {@link #position()}, but for a new request or segment anywhere
     * @param to end of the bytes that are there; what stands outside does not matter
     */
    public Parse parse(byte[] bytes, int from, int to) {
        if (done || reader.fault() != Fault.NONE) {
            return done ? Parse.DONE : Parse.BAD;
        }
        reader.resume(bytes, from, to);
        if (!lineRead) {
            Parse start = requestLine(bytes, to);
            if (start != Parse.DONE) {
                begunBy = RequestLine.begunBy(bytes, reader.position(), to);
                return start;
            }
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
            case END -> end();
        };
    }

    private Parse requestLine(byte[] bytes, int to) {
        int end;
        while ((end = reader.lineEnd(bytes, to, reader.limits().startLineBytes(), Fault.REQUEST_LINE_TOO_LONG))
                == reader.position()) {
            if (++emptyLines > MOST_EMPTY_LINES) {
                return bad(Fault.EMPTY_LINES);
            }
            reader.skip(end);
        }
        if (end < 0) {
            return reader.fault() == Fault.NONE ? Parse.MORE : Parse.BAD;
        }
        Fault fault = line.parse(bytes, reader.position(), end, reader.segment(), authority);
        if (fault != Fault.NONE) {
            return bad(fault);
        }
        hostLength = line.hostLength();
        port = line.port();
        if (hostLength > 0) {
            target.keep(bytes, line.hostOffset(), line.hostOffset() + hostLength, port);
        }
        reader.advance(end);
        lineRead = true;
        return Parse.DONE;
    }

    private Fault header(byte[] bytes, int id) {
        if (ONCE[id] && reader.repeated()) {
            return Fault.DUPLICATE_HEADER;
        }
        int from = reader.valueFrom();
        int to = reader.valueTo();
        if (id == HOST) {
            return host(bytes, from, to);
        } else if (id == CONNECTION) {
            return connection.add(bytes, from, to, reader.known());
        } else if (id == CONTENT_LENGTH) {
            return framing.length(bytes, from, to);
        } else if (id == TRANSFER_ENCODING) {
            return framing.coding(bytes, from, to, line.http11());
        } else if (id == EXPECT && line.http11()) {
            // An HTTP/1.0 client cannot wait for an interim response: RFC 9110, 10.1.1.
            expectContinue = Octets.same(bytes, from, to, CONTINUE);
            return expectContinue ? Fault.NONE : Fault.UNKNOWN_EXPECTATION;
        }
        return Fault.NONE;
    }

    /**
     * RFC 9112 (3.2.2) lets the target win over Host. Two names in one request are refused instead: whoever stands
     * before or behind us may have read the other.
     */
    private Fault host(byte[] bytes, int from, int to) {
        if (!authority.parse(bytes, from, to)) {
            return Fault.BAD_HOST;
        }
        int hostTo = authority.hostEnd();
        if (line.hostLength() > 0) {
            int defaultPort = line.form() == TargetForm.AUTHORITY ? line.port() : line.https() ? 443 : 80;
            if (!target.same(bytes, from, hostTo, authority.port(), defaultPort)) {
                return Fault.HOST_MISMATCH;
            }
        }
        hostHeader = reader.table().size() - 1;
        hostLength = hostTo - from;
        port = authority.port() >= 0 ? authority.port() : line.port();
        return Fault.NONE;
    }

    private Parse end() {
        if (hostHeader < 0 && line.http11()) {
            return bad(Fault.MISSING_HOST);
        }
        if (line.method() == Method.CONNECT && framing() != BodyFraming.NONE) {
            return bad(Fault.CONNECT_WITH_BODY);
        }
        done = true;
        return Parse.DONE;
    }

    private Parse bad(Fault fault) {
        reader.refuse(fault);
        return Parse.BAD;
    }

    private static boolean[] once() {
        HeaderName[] names = HeaderName.values();
        boolean[] once = new boolean[names.length];
        for (HeaderName name : names) {
            once[name.ordinal()] = name.once();
        }
        return once;
    }

    /** Where the unfinished line begins; after {@link Parse#DONE} where the head ended. */
    public int position() {
        return reader.position();
    }

    /** @return {@link Fault#NONE} unless the request was refused */
    public Fault fault() {
        return reader.fault();
    }

    /** Valid once {@link #lineRead()}. */
    public RequestLine line() {
        return line;
    }

    /** The method, also of a request line that is not read yet or was refused: {@link Method#OTHER} where even that could not be read. */
    public Method method() {
        return lineRead ? line.method() : begunBy;
    }

    public boolean lineRead() {
        return lineRead;
    }

    public HeaderTable headers() {
        return reader.table();
    }

    /** @return segment of the host: that of Host, or of the request line if an HTTP/1.0 request has no Host */
    public int hostSegment() {
        return hostHeader >= 0 ? headers().segment(hostHeader) : line.segment();
    }

    public int hostOffset() {
        return hostHeader >= 0 ? headers().valueOffset(hostHeader) : line.hostOffset();
    }

    /** @return length without the port; 0 only for an HTTP/1.0 request that names no host */
    public int hostLength() {
        return hostLength;
    }

    /** @return the port the client named, or -1 */
    public int port() {
        return port;
    }

    public BodyFraming framing() {
        if (framing.chunked()) {
            return BodyFraming.CHUNKED;
        }
        return framing.contentLength() > 0 ? BodyFraming.LENGTH : BodyFraming.NONE;
    }

    /** @return -1 if there is no Content-Length */
    public long contentLength() {
        return framing.contentLength();
    }

    /** @return whether the client waits for 100 before it sends the body */
    public boolean expectContinue() {
        return expectContinue;
    }

    /** @return whether the client means to send another request on this connection (RFC 9112, 9.3) */
    public boolean keepAlive() {
        return !connection.close() && (line.http11() || connection.keepAlive());
    }

    /** @return whether the client asks for another protocol: Upgrade, and Connection naming it, in HTTP/1.1 */
    public boolean upgrade() {
        return connection.upgrade() && line.http11() && headers().has(HeaderName.UPGRADE);
    }

    /** @return whether Connection names this header, which is then not for the next hop */
    public boolean namedByConnection(int header) {
        return connection.names(headers(), header);
    }
}
