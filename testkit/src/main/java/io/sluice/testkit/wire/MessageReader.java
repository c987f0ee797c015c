package io.sluice.testkit.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads HTTP/1 messages from a wire, strictly: what RFC 9112 forbids a sender is an IOException here, so that a test sees
 * it. Independent of the parser of the server under test, on purpose.
 */
public final class MessageReader {

    private static final int LIMIT_BYTES = 1 << 20;

    private final Wire wire;
    private final Deadline deadline;
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

    private MessageReader(Wire wire, Deadline deadline) {
        this.wire = wire;
        this.deadline = deadline;
    }

    /** A response with its body. An interim one (1xx) is a response of its own; 204 and 304 have no body. */
    public static Message response(Wire wire, Deadline deadline) throws IOException {
        MessageReader reader = new MessageReader(wire, deadline);
        Head head = reader.head();
        int status = status(head.startLine());
        boolean bodiless = status < 200 || status == 204 || status == 304;
        return reader.rest(head, bodiless ? Framing.NONE : framing(head.fields(), Framing.UNTIL_CLOSE));
    }

    /** A response that has no body whatever its head says: to HEAD, or to a CONNECT that was granted. */
    public static Message responseHead(Wire wire, Deadline deadline) throws IOException {
        MessageReader reader = new MessageReader(wire, deadline);
        Head head = reader.head();
        status(head.startLine());
        return reader.rest(head, Framing.NONE);
    }

    /** A request with its body. */
    public static Message request(Wire wire, Deadline deadline) throws IOException {
        MessageReader reader = new MessageReader(wire, deadline);
        Head head = reader.head();
        return reader.rest(head, framing(head.fields(), Framing.NONE));
    }

    /** A request of which only the head is read; the body stays on the wire. */
    public static Message requestHead(Wire wire, Deadline deadline) throws IOException {
        MessageReader reader = new MessageReader(wire, deadline);
        return reader.rest(reader.head(), Framing.NONE);
    }

    /** The status of a status line. */
    public static int status(String statusLine) throws IOException {
        if (!statusLine.matches("HTTP/1\\.[01] [1-9][0-9]{2}( .*)?")) {
            throw new IOException("not a status line: " + statusLine);
        }
        return Integer.parseInt(statusLine.substring(9, 12));
    }

    private record Head(String startLine, Fields fields) {}

    private Head head() throws IOException {
        String startLine = line();
        return new Head(startLine, fields());
    }

    private Message rest(Head head, Framing framing) throws IOException {
        byte[] body = switch (framing) {
            case NONE -> new byte[0];
            case CONTENT_LENGTH -> bytes(contentLength(head.fields()));
            case CHUNKED -> chunks();
            case UNTIL_CLOSE -> toEnd();
        };
        Fields trailers = framing == Framing.CHUNKED ? fields() : new Fields(List.of());
        return new Message(head.startLine(), head.fields(), framing, body, trailers, raw.toByteArray());
    }

    private static Framing framing(Fields fields, Framing otherwise) throws IOException {
        boolean length = fields.has("Content-Length");
        if (fields.has("Transfer-Encoding")) {
            if (length) {
                throw new IOException("both Content-Length and Transfer-Encoding: " + fields);
            }
            if (!fields.values("Transfer-Encoding").equals(List.of("chunked"))) {
                throw new IOException("a transfer coding that is not just chunked: " + fields);
            }
            return Framing.CHUNKED;
        }
        return length ? Framing.CONTENT_LENGTH : otherwise;
    }

    private static int contentLength(Fields fields) throws IOException {
        List<String> values = fields.values("Content-Length");
        if (values.size() != 1 || !values.getFirst().matches("[0-9]{1,9}")) {
            throw new IOException("not one plain Content-Length: " + values);
        }
        return Integer.parseInt(values.getFirst());
    }

    private Fields fields() throws IOException {
        List<Fields.Field> all = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            // RFC 9112 section 5.1: no white space before the colon; a name is not empty.
            if (colon < 1 || line.substring(0, colon).matches(".*[ \t].*")) {
                throw new IOException("not a field line: " + line);
            }
            all.add(new Fields.Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new Fields(all);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line().replaceFirst("[ \t]*;.*", "");
            if (!size.matches("[0-9a-fA-F]{1,7}")) {
                throw new IOException("not a chunk size: " + size);
            }
            int count = Integer.parseInt(size, 16);
            if (count == 0) {
                return body.toByteArray();
            }
            body.write(bytes(count));
            if (!line().isEmpty()) {
                throw new IOException("a chunk is longer than its size of " + count);
            }
        }
    }

    private String line() throws IOException {
        byte[] bytes = wire.readUntil("\n", LIMIT_BYTES, deadline);
        raw.writeBytes(bytes);
        String line = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!line.endsWith("\r\n") || line.indexOf('\r') != line.length() - 2) {
            throw new IOException("a line that does not end in CRLF: " + line);
        }
        return line.substring(0, line.length() - 2);
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = wire.read(count, deadline);
        raw.writeBytes(bytes);
        return bytes;
    }

    private byte[] toEnd() throws IOException {
        byte[] bytes = wire.readToEnd(deadline);
        raw.writeBytes(bytes);
        return bytes;
    }
}
