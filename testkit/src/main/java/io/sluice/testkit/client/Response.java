package io.sluice.testkit.client;

import io.sluice.testkit.wire.Fields;
import io.sluice.testkit.wire.Framing;
import io.sluice.testkit.wire.Message;
import io.sluice.testkit.wire.MessageReader;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server answered. Immutable. */
public final class Response {

    private final Message message;
    private final int status;

    Response(Message message) throws IOException {
        this.message = message;
        this.status = MessageReader.status(message.startLine());
    }

    public int status() {
        return status;
    }

    /** For example {@code HTTP/1.1 200 OK}. */
    public String statusLine() {
        return message.startLine();
    }

    /** The first value of that name in any case, or null. */
    public @Nullable String header(String name) {
        return message.fields().first(name);
    }

    /** One entry for each line of that name. */
    public List<String> headers(String name) {
        return message.fields().values(name);
    }

    public boolean hasHeader(String name) {
        return message.fields().has(name);
    }

    /** All of them, in the order of the wire. */
    public Fields fields() {
        return message.fields();
    }

    /** What said where the body ended. */
    public Framing framing() {
        return message.framing();
    }

    /** Without chunk sizes. */
    public byte[] body() {
        return message.body();
    }

    /** The body, one char for each byte. */
    public String text() {
        return message.text();
    }

    /** Of a chunked body. */
    public Fields trailers() {
        return message.trailers();
    }

    /** The raw head with the empty line that ends it. */
    public String head() {
        return message.head();
    }

    /** Every byte, one char for each, chunk sizes too. */
    public String raw() {
        return message.raw();
    }

    @Override
    public String toString() {
        return message.raw();
    }
}
