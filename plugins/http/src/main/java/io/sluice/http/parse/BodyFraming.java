package io.sluice.http.parse;

/** How the end of a message's body is known (RFC 9112, 6.3). */
public enum BodyFraming {
    /** No body: the next message may follow the head at once. */
    NONE,
    /** As many bytes as Content-Length says, at least one. */
    LENGTH,
    /** Chunks; {@link ChunkedDecoder} finds the end. */
    CHUNKED,
    /** All bytes until the peer closes. Responses only. */
    UNTIL_CLOSE,
    /** No message any more, but a tunnel: after 101, or after 2xx to CONNECT. Responses only. */
    TUNNEL
}
