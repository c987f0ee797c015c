package io.sluice.http.parse;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The status lines a server sends, as bytes. Shared by all workers: nobody may write to an array that is lent. */
public final class StatusLines {
    /** Room that any line {@link #write} makes needs. */
    public static final int MOST_BYTES = 64;

    private static final int FIRST = 100;
    private static final int LAST = 599;
    private static final byte[] @Nullable [] LINES = new byte[LAST - FIRST + 1][];
    private static final byte[] VERSION = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);

    /** Codes of the IANA registry, and those of nginx that reach a client. */
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(100, "Continue"),
            Map.entry(101, "Switching Protocols"),
            Map.entry(102, "Processing"),
            Map.entry(103, "Early Hints"),
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(202, "Accepted"),
            Map.entry(203, "Non-Authoritative Information"),
            Map.entry(204, "No Content"),
            Map.entry(205, "Reset Content"),
            Map.entry(206, "Partial Content"),
            Map.entry(207, "Multi-Status"),
            Map.entry(208, "Already Reported"),
            Map.entry(226, "IM Used"),
            Map.entry(300, "Multiple Choices"),
            Map.entry(301, "Moved Permanently"),
            Map.entry(302, "Found"),
            Map.entry(303, "See Other"),
            Map.entry(304, "Not Modified"),
            Map.entry(305, "Use Proxy"),
            Map.entry(307, "Temporary Redirect"),
            Map.entry(308, "Permanent Redirect"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(402, "Payment Required"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(407, "Proxy Authentication Required"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(411, "Length Required"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(416, "Range Not Satisfiable"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(423, "Locked"),
            Map.entry(424, "Failed Dependency"),
            Map.entry(425, "Too Early"),
            Map.entry(426, "Upgrade Required"),
            Map.entry(428, "Precondition Required"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(451, "Unavailable For Legal Reasons"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(505, "HTTP Version Not Supported"),
            Map.entry(506, "Variant Also Negotiates"),
            Map.entry(507, "Insufficient Storage"),
            Map.entry(508, "Loop Detected"),
            Map.entry(510, "Not Extended"),
            Map.entry(511, "Network Authentication Required"));

    static {
        REASONS.forEach((status, reason) -> LINES[status - FIRST] =
                ("HTTP/1.1 " + status + " " + reason + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private StatusLines() {}

    /** @return lends {@code HTTP/1.1 200 OK} with its CRLF, or null for a code without a registered reason */
    public static byte @Nullable [] line(int status) {
        return status < FIRST || status > LAST ? null : LINES[status - FIRST];
    }

    /** @return the registered reason phrase, or an empty text */
    public static String reason(int status) {
        return REASONS.getOrDefault(status, "");
    }

    /**
     * Writes the status line of any code of three digits; a code without a registered reason gets an empty one.
     *
     * @return behind the CRLF
     */
    public static int write(int status, byte[] target, int at) {
        byte[] line = line(status);
        if (line != null) {
            System.arraycopy(line, 0, target, at, line.length);
            return at + line.length;
        }
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status " + status + " has not three digits");
        }
        System.arraycopy(VERSION, 0, target, at, VERSION.length);
        int i = Digits.decimal(status, target, at + VERSION.length);
        target[i] = ' ';
        target[i + 1] = '\r';
        target[i + 2] = '\n';
        return i + 3;
    }
}
