package io.sluice.http.parse;

/**
 * Why a message was refused. The text is constant, so that it can be logged without building anything.
 *
 * <p>The status is the one for a client whose request has the fault. A fault in a peer's response is a 502 whatever
 * its status here says.
 */
public enum Fault {
    NONE(200, "no fault"),

    BARE_LF(400, "line ends with LF without CR"),
    BARE_CR(400, "CR is not followed by LF"),
    CONTROL_CHARACTER(400, "control character in a line"),
    EMPTY_LINES(400, "too many empty lines before the request line"),

    BAD_REQUEST_LINE(400, "request line is not method, target and version with one space between"),
    BAD_METHOD(400, "method is not a token"),
    BAD_VERSION(400, "malformed or obsolete HTTP version"),
    UNSUPPORTED_VERSION(505, "HTTP version with another major number"),
    BAD_TARGET(400, "character not allowed in a request target"),
    TARGET_FORM(400, "form of the request target does not fit the method"),
    BAD_AUTHORITY(400, "invalid authority in the request target"),
    REQUEST_LINE_TOO_LONG(414, "request line too long"),

    BAD_STATUS_LINE(502, "malformed status line"),
    STATUS_LINE_TOO_LONG(502, "status line too long"),

    HEADER_LINE_TOO_LONG(431, "header line too long"),
    TOO_MANY_HEADERS(431, "too many header lines"),
    HEAD_TOO_LARGE(431, "head too large"),
    FOLDED_HEADER(400, "header line begins with whitespace"),
    NO_COLON(400, "header line without a colon"),
    SPACE_BEFORE_COLON(400, "whitespace between header name and colon"),
    BAD_HEADER_NAME(400, "header name is not a token"),
    DUPLICATE_HEADER(400, "header that may occur once is repeated"),

    MISSING_HOST(400, "HTTP/1.1 request without Host"),
    BAD_HOST(400, "invalid Host"),
    HOST_MISMATCH(400, "Host differs from the authority of the request target"),
    BAD_CONNECTION(400, "invalid Connection header"),
    UNKNOWN_EXPECTATION(417, "expectation other than 100-continue"),

    BAD_CONTENT_LENGTH(400, "invalid Content-Length"),
    BAD_TRANSFER_ENCODING(400, "Transfer-Encoding that does not end in one chunked"),
    UNKNOWN_CODING(501, "transfer coding other than chunked"),
    CODING_IN_HTTP_1_0(400, "Transfer-Encoding in an HTTP/1.0 message"),
    LENGTH_AND_CODING(400, "both Content-Length and Transfer-Encoding"),
    CONNECT_WITH_BODY(400, "CONNECT with a body"),

    BAD_CHUNK_SIZE(400, "invalid chunk size"),
    BAD_CHUNK_EXTENSION(400, "invalid chunk extension"),
    CHUNK_EXTENSIONS_TOO_LONG(400, "chunk extensions too long"),
    BAD_CHUNK_END(400, "chunk data not followed by CRLF"),
    TRAILER_TOO_LARGE(400, "trailer section too large"),
    FORBIDDEN_TRAILER(400, "trailer field that is not allowed in a trailer section"),

    BAD_ESCAPE(400, "percent sign without two hexadecimal digits in the path"),
    ESCAPED_NUL(400, "escaped NUL in the path"),
    ABOVE_ROOT(400, "path leads above the root");

    private final int status;
    private final String text;

    Fault(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /** @return the status for the client whose request has this fault */
    public int status() {
        return status;
    }

    /** @return one phrase for the log, without a word of the input */
    public String text() {
        return text;
    }
}
