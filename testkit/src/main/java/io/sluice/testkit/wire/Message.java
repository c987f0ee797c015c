package io.sluice.testkit.wire;

import java.nio.charset.StandardCharsets;

/** One HTTP/1 message as it came. Immutable. */
public final class Message {

    private final String startLine;
    private final Fields fields;
    private final Framing framing;
    private final byte[] body;
    private final Fields trailers;
    private final byte[] raw;

    Message(String startLine, Fields fields, Framing framing, byte[] body, Fields trailers, byte[] raw) {
        this.startLine = startLine;
        this.fields = fields;
        this.framing = framing;
        this.body = body;
        this.trailers = trailers;
        this.raw = raw;
    }

    /** The request line or the status line, without its end. */
    public String startLine() {
        return startLine;
    }

    public Fields fields() {
        return fields;
    }

    public Framing framing() {
        return framing;
    }

    /** Without chunk sizes. */
    public byte[] body() {
        return body.clone();
    }

    /** The body, one char for each byte. */
    public String text() {
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    /** Empty unless the body was chunked and had some. */
    public Fields trailers() {
        return trailers;
    }

    /** Every byte of the message, one char for each. */
    public String raw() {
        return new String(raw, StandardCharsets.ISO_8859_1);
    }

    /** The raw head with the empty line that ends it. */
    public String head() {
        String all = raw();
        return all.substring(0, all.indexOf("\r\n\r\n") + 4);
    }

    @Override
    public String toString() {
        return raw();
    }
}
