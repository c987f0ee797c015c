package io.sluice.testkit.wire;

import static io.sluice.testkit.wire.Pair.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MessageReaderTest {

    @Test
    void a_body_with_a_length_ends_there() throws Exception {
        Message message = response("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\nx-a:  2 \r\n\r\nhelloHTTP/1.1");
        assertEquals("hello", message.text());
        assertEquals(Framing.CONTENT_LENGTH, message.framing());
        assertEquals(List.of("1", "2"), message.fields().values("X-a"));
        assertNull(message.fields().first("X-B"));
        assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\nx-a:  2 \r\n\r\n", message.head());
    }

    @Test
    void a_chunked_body_is_put_together_and_its_trailers_kept() throws Exception {
        String raw =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;q=1\r\nhello\r\nA\r\n, world!!!\r\n0\r\nX-T: 9\r\n\r\n";
        Message message = response(raw + "more");
        assertEquals("hello, world!!!", message.text());
        assertEquals("9", message.trailers().first("x-t"));
        assertEquals(raw, message.raw());
    }

    @Test
    void a_response_without_a_length_goes_to_the_close() throws Exception {
        Message message = response("HTTP/1.0 200 OK\r\n\r\nall of it");
        assertEquals("all of it", message.text());
        assertEquals(Framing.UNTIL_CLOSE, message.framing());
    }

    @Test
    void a_request_without_a_length_has_no_body() throws Exception {
        try (Pair pair = Pair.open()) {
            pair.nearSends("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET");
            Message message = MessageReader.request(pair.far(), soon());
            assertEquals("GET / HTTP/1.1", message.startLine());
            assertEquals(Framing.NONE, message.framing());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"100 Continue", "103 Early Hints", "204 No Content", "304 Not Modified"})
    void some_statuses_have_no_body_whatever_the_head_says(String status) throws Exception {
        assertEquals(
                "",
                response("HTTP/1.1 " + status + "\r\nContent-Length: 5\r\n\r\nhello")
                        .text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
                "HTTP/1.1 200 OK\r\nX A: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-A : 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
            })
    void what_a_sender_must_not_send_is_an_error(String bytes) {
        assertThrows(IOException.class, () -> response(bytes));
    }

    private static Message response(String bytes) throws IOException {
        try (Pair pair = Pair.open()) {
            pair.nearSends(bytes);
            pair.near().close();
            return MessageReader.response(pair.far(), soon());
        }
    }
}
