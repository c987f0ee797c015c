package io.sluice.http.parse;

import java.nio.charset.StandardCharsets;

/**
 * A request line (RFC 9112, 3): method, target and version with exactly one space between. Offsets are indices of the
 * array the line was parsed from, whose segment is {@link #segment()}.
 *
 * <p>A target may hold what RFC 3986 allows and, because browsers send them unescaped, {@code [ ] ^ ` { | }}; in the
 * query the backslash, too. Refused are spaces, controls, bytes from 0x80 on, and {@code " # < >}.
 */
public final class RequestLine {
    private static final byte REFUSED = -1;
    private static final byte PLAIN = 0;
    private static final byte SLASH = 1;
    private static final byte PERCENT = 2;
    private static final byte QUESTION = 3;
    private static final byte QUERY_ONLY = 4;
    private static final byte[] TARGET = new byte[256];

    private static final byte[] HTTP = "http".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HTTPS = "https".getBytes(StandardCharsets.US_ASCII);
    private static final long HTTP_1_1 = Octets.word("HTTP/1.1".getBytes(StandardCharsets.US_ASCII), 0);
    private static final long HTTP_1_0 = Octets.word("HTTP/1.0".getBytes(StandardCharsets.US_ASCII), 0);
    private static final int VERSION_BYTES = 8;
    private static final long GET = Octets.word("GET / HT".getBytes(StandardCharsets.US_ASCII), 0);
    /** Of {@code M / HTTP/1.1}. */
    private static final int LEAST_BYTES = 12;

    static {
        for (int c = 0; c < 256; c++) {
            boolean refused = c <= ' ' || c >= 0x7f || "\"#<>".indexOf(c) >= 0;
            TARGET[c] = refused ? REFUSED : PLAIN;
        }
        TARGET['/'] = SLASH;
        TARGET['%'] = PERCENT;
        TARGET['?'] = QUESTION;
        TARGET['\\'] = QUERY_ONLY;
    }

    private Method method = Method.OTHER;
    private TargetForm form = TargetForm.ORIGIN;
    private boolean http11;
    private boolean https;
    private boolean complexPath;
    private int segment;
    private int methodFrom;
    private int methodTo;
    private int targetTo;
    private int pathFrom;
    private int pathTo;
    private int authorityFrom;
    private int hostTo;
    private int port;

    RequestLine() {}

    public Method method() {
        return method;
    }

    public TargetForm form() {
        return form;
    }

    /** @return true for HTTP/1.1 and any higher minor version, false for HTTP/1.0 */
    public boolean http11() {
        return http11;
    }

    /** @return whether the target is in absolute form with the scheme https */
    public boolean https() {
        return https;
    }

    /** @return whether {@link UriNormalizer} would change the path or might refuse it */
    public boolean complexPath() {
        return complexPath;
    }

    public int segment() {
        return segment;
    }

    public int methodOffset() {
        return methodFrom;
    }

    public int methodLength() {
        return methodTo - methodFrom;
    }

    public int targetOffset() {
        return methodTo + 1;
    }

    public int targetLength() {
        return targetTo - targetOffset();
    }

    public int pathOffset() {
        return pathFrom;
    }

    /** @return 0 for CONNECT, and for an absolute form without a path, which means {@code /} (or {@code *}: OPTIONS) */
    public int pathLength() {
        return pathTo - pathFrom;
    }

    /** @return whether there is a question mark; the query behind it may be empty */
    public boolean hasQuery() {
        return pathTo < targetTo;
    }

    /** Where the query begins, behind its question mark. */
    public int queryOffset() {
        return hasQuery() ? pathTo + 1 : targetTo;
    }

    public int queryLength() {
        return targetTo - queryOffset();
    }

    /** @return where the host of an absolute or authority form begins */
    public int hostOffset() {
        return authorityFrom;
    }

    /** @return 0 if the target names no host */
    public int hostLength() {
        return hostTo - authorityFrom;
    }

    /** @return the target's own port, or -1 */
    public int port() {
        return port;
    }

    /** Parses {@code bytes[from, to)}, a line without its CRLF and without control bytes other than HTAB. */
    Fault parse(byte[] bytes, int from, int to, int inSegment, Authority authority) {
        segment = inSegment;
        methodFrom = from;
        if (to - from >= LEAST_BYTES && Octets.low(Octets.word(bytes, from) ^ GET, 4) == 0) {
            method = Method.GET;
            methodTo = from + 3;
        } else {
            int i = from;
            while (i < to && Token.has(bytes[i])) {
                i++;
            }
            if (i == from || i == to || bytes[i] != Octets.SP) {
                return i == to ? Fault.BAD_REQUEST_LINE : Fault.BAD_METHOD;
            }
            method = Method.of(bytes, from, i - from);
            methodTo = i;
        }
        targetTo = to - VERSION_BYTES - 1;
        if (targetTo <= methodTo + 1 || bytes[targetTo] != Octets.SP) {
            return Fault.BAD_REQUEST_LINE;
        }
        Fault fault = version(bytes, targetTo + 1);
        return fault == Fault.NONE ? target(bytes, authority) : fault;
    }

    /** The method that {@code bytes[from, to)} begins with, whatever follows it. */
    static Method begunBy(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && Token.has(bytes[i])) {
            i++;
        }
        return i < to && bytes[i] == Octets.SP ? Method.of(bytes, from, i - from) : Method.OTHER;
    }

    private Fault version(byte[] bytes, int at) {
        long version = Octets.word(bytes, at);
        if (version == HTTP_1_1 || version == HTTP_1_0) {
            http11 = version == HTTP_1_1;
            return Fault.NONE;
        }
        boolean wellFormed = Octets.low(version ^ HTTP_1_1, 5) == 0
                && Octets.isDigit(bytes[at + 5])
                && bytes[at + 6] == '.'
                && Octets.isDigit(bytes[at + 7]);
        if (!wellFormed || bytes[at + 5] == '0') {
            return Fault.BAD_VERSION;
        }
        http11 = true;
        return bytes[at + 5] == '1' ? Fault.NONE : Fault.UNSUPPORTED_VERSION;
    }

    private Fault target(byte[] bytes, Authority authority) {
        int from = methodTo + 1;
        https = false;
        complexPath = false;
        authorityFrom = from;
        hostTo = from;
        port = -1;
        if (method == Method.CONNECT) {
            form = TargetForm.AUTHORITY;
            return authority(bytes, from, targetTo, authority) && port >= 0 ? Fault.NONE : Fault.BAD_AUTHORITY;
        }
        if (bytes[from] == '/') {
            form = TargetForm.ORIGIN;
            return path(bytes, from);
        }
        if (bytes[from] == '*' && targetTo == from + 1) {
            form = TargetForm.ASTERISK;
            pathFrom = from;
            pathTo = targetTo;
            return method == Method.OPTIONS ? Fault.NONE : Fault.TARGET_FORM;
        }
        form = TargetForm.ABSOLUTE;
        return absolute(bytes, from, authority);
    }

    private Fault absolute(byte[] bytes, int from, Authority authority) {
        int colon = from;
        while (colon < targetTo && bytes[colon] != ':') {
            colon++;
        }
        https = Octets.same(bytes, from, colon, HTTPS);
        boolean slashes = colon + 2 < targetTo && bytes[colon + 1] == '/' && bytes[colon + 2] == '/';
        if (!slashes || !(https || Octets.same(bytes, from, colon, HTTP))) {
            return Token.is(bytes, from, colon) ? Fault.TARGET_FORM : Fault.BAD_TARGET;
        }
        int at = colon + 3;
        int end = at;
        while (end < targetTo && bytes[end] != '/' && bytes[end] != '?') {
            end++;
        }
        return authority(bytes, at, end, authority) ? path(bytes, end) : Fault.BAD_AUTHORITY;
    }

    private boolean authority(byte[] bytes, int from, int to, Authority authority) {
        pathFrom = to;
        pathTo = to;
        if (!authority.parse(bytes, from, to)) {
            return false;
        }
        authorityFrom = from;
        hostTo = authority.hostEnd();
        port = authority.port();
        return true;
    }

    private Fault path(byte[] bytes, int from) {
        int end = targetTo;
        boolean dots = false;
        int i = from;
        for (; i < end; i++) {
            byte kind = TARGET[bytes[i] & 0xff];
            if (kind == PLAIN) {
                continue;
            }
            if (kind == SLASH) {
                // The byte behind the target is a space, so looking one ahead is safe.
                complexPath |= bytes[i + 1] == '/';
                dots |= bytes[i + 1] == '.';
            } else if (kind == PERCENT) {
                complexPath = true;
            } else if (kind == QUESTION) {
                break;
            } else {
                return Fault.BAD_TARGET;
            }
        }
        pathFrom = from;
        pathTo = i;
        complexPath |= dots && hasDotSegment(bytes, from, i);
        for (; i < end; i++) {
            if (TARGET[bytes[i] & 0xff] == REFUSED) {
                return Fault.BAD_TARGET;
            }
        }
        return Fault.NONE;
    }

    private static boolean hasDotSegment(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '/' && i + 1 < to && bytes[i + 1] == '.') {
                int end = i + 2 < to && bytes[i + 2] == '.' ? i + 3 : i + 2;
                if (end == to || bytes[end] == '/') {
                    return true;
                }
            }
        }
        return false;
    }
}
