package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ResponseHeadParserTest {

    @Test
    void a_plain_response_is_read() {
        assertEquals(
                "DONE NONE at 67 200 All right 1.1 Server#60=x y|X-Own#-1=1|Content-Length#2=5| LENGTH 5 keep",
                ResponseReading.whole(Wire.bytes(
                        "HTTP/1.1 200 All right\r\nServer: x y\r\nX-Own:1\r\nContent-Length: 5\r\n\r\nhello")));
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1 200, ''", "'HTTP/1.1 200 ', ''", "'HTTP/1.1 200  a ', ' a '", "HTTP/1.0 200 \u00e4, \u00e4"})
    void the_reason_may_be_anything_or_nothing(String line, String reason) {
        ResponseReading reading = new ResponseReading();
        byte[] bytes = Wire.bytes(line + "\r\n\r\n");
        reading.read(Method.GET, bytes, Wire.whole(bytes.length), 0, 'x');
        assertEquals(200, reading.parser.status());
        assertEquals(reason.length(), reading.parser.reasonLength());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', quoteCharacter = '~', textBlock = """
                    \\r\\nHTTP/1.1 200 OK\\r\\n\\r\\n                                          @ BAD_STATUS_LINE
                    HTTP/1.1 20 OK\\r\\n                                                       @ BAD_STATUS_LINE
                    HTTP/1.1 2000 OK\\r\\n                                                     @ BAD_STATUS_LINE
                    HTTP/1.1 099 OK\\r\\n                                                      @ BAD_STATUS_LINE
                    HTTP/1.1 +20 OK\\r\\n                                                      @ BAD_STATUS_LINE
                    HTTP/1.1 200OK\\r\\n                                                       @ BAD_STATUS_LINE
                    HTTP/1.1  200 OK\\r\\n                                                     @ BAD_STATUS_LINE
                    HTTP/1.1\\t200 OK\\r\\n                                                    @ BAD_STATUS_LINE
                    HTTP/2.0 200 OK\\r\\n                                                      @ BAD_STATUS_LINE
                    HTTP/0.9 200 OK\\r\\n                                                      @ BAD_STATUS_LINE
                    HTTP/1.x 200 OK\\r\\n                                                      @ BAD_STATUS_LINE
                    http/1.1 200 OK\\r\\n                                                      @ BAD_STATUS_LINE
                    <html>hello</html>\\r\\n                                                   @ BAD_STATUS_LINE
                    HTTP/1.1 200 O\\000K\\r\\n                                                 @ CONTROL_CHARACTER
                    HTTP/1.1 200 OK\\n                                                         @ BARE_LF
                    HTTP/1.1 200 OK\\r\\nX: y\\n\\r\\n                                         @ BARE_LF
                    HTTP/1.1 200 OK\\r\\nX: y\\rZ: y\\r\\n                                     @ BARE_CR
                    HTTP/1.1 200 OK\\r\\n X: y\\r\\n                                           @ FOLDED_HEADER
                    HTTP/1.1 200 OK\\r\\nX: y\\r\\n z\\r\\n                                    @ FOLDED_HEADER
                    HTTP/1.1 200 OK\\r\\nX : y\\r\\n                                           @ SPACE_BEFORE_COLON
                    HTTP/1.1 200 OK\\r\\nX\\r\\n                                               @ NO_COLON
                    HTTP/1.1 200 OK\\r\\nX[]: y\\r\\n                                          @ BAD_HEADER_NAME
                    HTTP/1.1 200 OK\\r\\nContent-Length: +1\\r\\n                              @ BAD_CONTENT_LENGTH
                    HTTP/1.1 200 OK\\r\\nContent-Length: 1, 1\\r\\n                            @ BAD_CONTENT_LENGTH
                    HTTP/1.1 200 OK\\r\\nContent-Length: 9223372036854775808\\r\\n             @ BAD_CONTENT_LENGTH
                    HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\nContent-Length: 1\\r\\n        @ DUPLICATE_HEADER
                    HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\nTransfer-Encoding: chunked\\r\\n @ LENGTH_AND_CODING
                    HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\nContent-Length: 1\\r\\n @ LENGTH_AND_CODING
                    HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip\\r\\n                         @ UNKNOWN_CODING
                    HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked, gzip\\r\\n                @ BAD_TRANSFER_ENCODING
                    HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\nTransfer-Encoding: chunked\\r\\n @ DUPLICATE_HEADER
                    HTTP/1.0 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n                      @ CODING_IN_HTTP_1_0
                    HTTP/1.1 200 OK\\r\\nConnection: a b\\r\\n                                 @ BAD_CONNECTION
                    """)
    void an_answer_that_leaves_a_doubt_is_refused(String escaped, String fault) {
        byte[] bytes = Wire.bytes(escaped.translateEscapes());
        String whole = ResponseReading.whole(bytes);
        assertTrue(whole.startsWith("BAD " + fault + " at"), whole);
        assertEquals(whole, ResponseReading.of(bytes, Wire.singleBytes(bytes.length), 0, '\n'));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     200, Content-Length: 5,          LENGTH,      true",
        "GET,     200, Content-Length: 0,          NONE,        true",
        "GET,     200, Transfer-Encoding: chunked, CHUNKED,     true",
        "GET,     200, X: y,                       UNTIL_CLOSE, false",
        "GET,     404, Connection: keep-alive,     UNTIL_CLOSE, false",
        "GET,     200, Connection: close,          UNTIL_CLOSE, false",
        "HEAD,    200, Content-Length: 5,          NONE,        true",
        "HEAD,    200, Transfer-Encoding: chunked, NONE,        true",
        "HEAD,    200, Connection: close,          NONE,        false",
        "GET,     100, X: y,                       NONE,        true",
        "GET,     103, Content-Length: 5,          NONE,        true",
        "GET,     101, Connection: upgrade,        TUNNEL,      false",
        "GET,     204, Content-Length: 5,          NONE,        true",
        "GET,     204, Transfer-Encoding: chunked, NONE,        true",
        "GET,     304, Content-Length: 5,          NONE,        true",
        "CONNECT, 200, Content-Length: 5,          TUNNEL,      false",
        "CONNECT, 407, Content-Length: 5,          LENGTH,      true",
        "OTHER,   999, Content-Length: 5,          LENGTH,      true"
    })
    void request_method_and_status_decide_how_the_body_ends(
            Method asked, int status, String header, BodyFraming framing, boolean keep) {
        ResponseReading reading = new ResponseReading();
        byte[] bytes = Wire.bytes("HTTP/1.1 " + status + " X\r\n" + header + "\r\n\r\n");
        String read = reading.read(asked, bytes, Wire.whole(bytes.length), 0, 'x');
        assertTrue(read.startsWith("DONE"), read);
        assertEquals(framing, reading.parser.framing());
        assertEquals(keep, reading.parser.keepAlive());
    }

    @Test
    void an_old_server_keeps_the_connection_only_if_it_says_so() {
        String length = "Content-Length: 0\r\n";
        assertFalse(parsed("HTTP/1.0 200 OK\r\n" + length + "\r\n").keepAlive());
        assertTrue(parsed("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + length + "\r\n")
                .keepAlive());
    }

    @Test
    void interim_responses_come_before_the_one_that_counts() {
        byte[] bytes = Wire.bytes("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        ResponseHeadParser parser = new ResponseHeadParser(Wire.LIMITS, KnownHeaders.STANDARD);
        parser.reset(Method.PUT);
        assertEquals(Parse.DONE, parser.parse(bytes, 0, bytes.length));
        assertTrue(parser.interim());
        assertEquals(25, parser.position());
        parser.reset(Method.PUT);
        assertEquals(Parse.DONE, parser.parse(bytes, 25, bytes.length));
        assertFalse(parser.interim());
        assertEquals(bytes.length, parser.position());
    }

    @Test
    void a_head_of_a_longer_status_line_than_allowed_is_refused() {
        String read = ResponseReading.whole(Wire.bytes("HTTP/1.1 200 " + "a".repeat(300)));
        assertTrue(read.startsWith("BAD STATUS_LINE_TOO_LONG"), read);
    }

    @Test
    void headers_that_connection_names_are_known() {
        ResponseHeadParser parser = parsed("HTTP/1.1 200 OK\r\nX-A: 1\r\nConnection: x-a\r\nX-B: 2\r\n\r\n");
        assertTrue(parser.namedByConnection(0));
        assertFalse(parser.namedByConnection(2));
    }

    private static ResponseHeadParser parsed(String text) {
        ResponseHeadParser parser = new ResponseHeadParser(Wire.LIMITS, KnownHeaders.STANDARD);
        parser.reset(Method.GET);
        byte[] bytes = Wire.bytes(text);
        assertEquals(
                Parse.DONE,
                parser.parse(bytes, 0, bytes.length),
                () -> parser.fault().text());
        return parser;
    }
}
