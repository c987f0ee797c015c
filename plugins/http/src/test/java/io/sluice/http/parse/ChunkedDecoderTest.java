package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChunkedDecoderTest {

    @Test
    void data_is_found_and_the_bytes_behind_the_message_are_left() {
        String body = "5\r\nhello\r\nA\r\n, chunked.\r\n1\r\n.\r\n0\r\n\r\n";
        assertEquals("DONE NONE at " + body.length() + " hello, chunked..", read(body + "GET / HTTP/1.1\r\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', quoteCharacter = '~', textBlock = """
                    5\\nhello\\r\\n0\\r\\n\\r\\n          @ BARE_LF
                    5\\rhello\\r\\n0\\r\\n\\r\\n          @ BARE_CR
                    5\\r\\r\\nhello\\r\\n0\\r\\n\\r\\n    @ BARE_CR
                    \\r\\n                              @ BAD_CHUNK_SIZE
                    \\s5\\r\\nhello                     @ BAD_CHUNK_SIZE
                    5\\s\\r\\nhello                     @ BAD_CHUNK_EXTENSION
                    5\\000\\r\\nhello                   @ BAD_CHUNK_SIZE
                    +5\\r\\nhello                       @ BAD_CHUNK_SIZE
                    -5\\r\\nhello                       @ BAD_CHUNK_SIZE
                    0x5\\r\\nhello                      @ BAD_CHUNK_SIZE
                    5_0\\r\\nhello                      @ BAD_CHUNK_SIZE
                    5h\\r\\nhello                       @ BAD_CHUNK_SIZE
                    ;a=b\\r\\nhello                     @ BAD_CHUNK_SIZE
                    00000000000000005\\r\\nhello        @ BAD_CHUNK_SIZE
                    8000000000000000\\r\\nhello         @ BAD_CHUNK_SIZE
                    ffffffffffffffff\\r\\nhello         @ BAD_CHUNK_SIZE
                    10000000000000005\\r\\nhello        @ BAD_CHUNK_SIZE
                    5\\r\\nhello0\\r\\n\\r\\n           @ BAD_CHUNK_END
                    5\\r\\nhello!\\r\\n0\\r\\n\\r\\n    @ BAD_CHUNK_END
                    5\\r\\nhello\\n0\\r\\n\\r\\n        @ BAD_CHUNK_END
                    5\\r\\nhello\\r0\\r\\n\\r\\n        @ BAD_CHUNK_END
                    0\\n\\r\\n                          @ BARE_LF
                    0\\r\\n\\n                          @ BARE_LF
                    0\\r\\n\\rX                         @ BARE_CR
                    5;\\r\\nhello                       @ BAD_CHUNK_EXTENSION
                    5;a=\\r\\nhello                     @ BAD_CHUNK_EXTENSION
                    5;=a\\r\\nhello                     @ BAD_CHUNK_EXTENSION
                    5;a b\\r\\nhello                    @ BAD_CHUNK_EXTENSION
                    5;a=b \\r\\nhello                   @ BAD_CHUNK_EXTENSION
                    5;a=b=c\\r\\nhello                  @ BAD_CHUNK_EXTENSION
                    5;a=b"c"\\r\\nhello                 @ BAD_CHUNK_EXTENSION
                    5;a="b"c\\r\\nhello                 @ BAD_CHUNK_EXTENSION
                    5;a="b\\r\\nhello                   @ BAD_CHUNK_EXTENSION
                    5;a="b\\r\\n"\\r\\nhello            @ BAD_CHUNK_EXTENSION
                    5;a="b\\n"\\r\\nhello               @ BAD_CHUNK_EXTENSION
                    5;a="\\\\\\r\\n"\\r\\nhello         @ BAD_CHUNK_EXTENSION
                    5;a="\\\\\\000"\\r\\nhello         @ BAD_CHUNK_EXTENSION
                    5;a="\\000"\\r\\nhello              @ BAD_CHUNK_EXTENSION
                    5;a\\nb\\r\\nhello                  @ BAD_CHUNK_EXTENSION
                    5;\\n\\r\\nhello                    @ BAD_CHUNK_EXTENSION
                    5;\\303\\244\\r\\nhello             @ BAD_CHUNK_EXTENSION
                    5 a=b\\r\\nhello                    @ BAD_CHUNK_EXTENSION
                    0\\r\\nContent-Length: 5\\r\\n      @ FORBIDDEN_TRAILER
                    0\\r\\nTransfer-Encoding: x\\r\\n   @ FORBIDDEN_TRAILER
                    0\\r\\nX: y\\r\\nhost: b\\r\\n      @ FORBIDDEN_TRAILER
                    0\\r\\nConnection: close\\r\\n      @ FORBIDDEN_TRAILER
                    0\\r\\nAuthorization: x\\r\\n       @ FORBIDDEN_TRAILER
                    0\\r\\nTrailer: x\\r\\n             @ FORBIDDEN_TRAILER
                    0\\r\\nX: y\\n\\r\\n                @ BARE_LF
                    0\\r\\nX: y\\rZ: z\\r\\n            @ BARE_CR
                    0\\r\\nX: \\000\\r\\n               @ CONTROL_CHARACTER
                    0\\r\\n X: y\\r\\n                  @ FOLDED_HEADER
                    0\\r\\nX: y\\r\\n z\\r\\n           @ FOLDED_HEADER
                    0\\r\\nX : y\\r\\n                  @ SPACE_BEFORE_COLON
                    0\\r\\nX\\r\\n                      @ NO_COLON
                    0\\r\\nGET / HTTP/1.1\\r\\n         @ NO_COLON
                    0\\r\\n: y\\r\\n                    @ BAD_HEADER_NAME
                    """)
    void what_two_servers_could_read_differently_is_refused(String escaped, String fault) {
        byte[] bytes = Wire.bytes(escaped.translateEscapes());
        String whole = read(escaped.translateEscapes());
        assertEquals("BAD " + fault, whole.substring(0, whole.indexOf(' ', 4)));
        int[] ends = Wire.singleBytes(bytes.length);
        assertEquals(whole, ChunkedReading.decoded(bytes, ends, '\r').toString());
        assertEquals(whole, ChunkedReading.framed(bytes, ends, '\n').toString());
        assertEquals(400, Fault.valueOf(fault).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\r\nhello\r\n0\r\n\r\n",
                "0000000000000005\r\nhello\r\n0000000000000000\r\n\r\n",
                "5;a\r\nhello\r\n0;b=c\r\n\r\n",
                "5;a;b=c;d=\"\"\r\nhello\r\n0\r\n\r\n",
                "5;a=\"\\\"\\\\ \t\377;\"\r\nhello\r\n0\r\n\r\n",
                "5 ;\ta\t = \"b\" ; c\r\nhello\r\n0\r\n\r\n",
                "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"
            })
    void what_the_grammar_allows_is_accepted(String body) {
        assertEquals("DONE NONE at " + body.length() + " hello", read(body));
    }

    @Test
    void a_body_that_is_not_complete_wants_more() {
        String body = "3;a=\"b\"\r\nabc\r\n0\r\nX: y\r\n\r\n";
        for (int end = 0; end < body.length(); end++) {
            String read = read(body.substring(0, end));
            assertEquals("MORE NONE at " + end, read.substring(0, read.indexOf(' ', 13)));
        }
        assertEquals("DONE NONE at " + body.length() + " abc trailers X: y\r\n", read(body));
    }

    @Test
    void the_largest_chunk_is_a_long() {
        byte[] size = Wire.bytes("7fffffffffffffff\r\n");
        ChunkedDecoder decoder = decoder();
        assertEquals(ChunkedDecoder.Event.DATA, decoder.frame(size, 0, size.length));
        assertEquals(Long.MAX_VALUE, decoder.dataRemaining());
        decoder.skipData(Long.MAX_VALUE);
        assertEquals(ChunkedDecoder.Event.MORE, decoder.frame(size, 16, 18));
    }

    @Test
    void no_more_data_can_be_skipped_than_there_is() {
        ChunkedDecoder decoder = decoder();
        byte[] size = Wire.bytes("5\r\n");
        assertThrows(IllegalArgumentException.class, () -> decoder.skipData(1));
        decoder.frame(size, 0, 1);
        assertThrows(IllegalArgumentException.class, () -> decoder.skipData(1));
        decoder.frame(size, 1, 3);
        assertThrows(IllegalArgumentException.class, () -> decoder.skipData(6));
        assertThrows(IllegalArgumentException.class, () -> decoder.skipData(-1));
    }

    @Test
    void extensions_are_limited_over_the_whole_body() {
        String chunk = "1;" + "a".repeat(31) + "\r\nb\r\n";
        assertEquals("DONE NONE at 81 bb", read(chunk + chunk + "0\r\n\r\n"));
        assertEquals("BAD CHUNK_EXTENSIONS_TOO_LONG bb", read(chunk + chunk + "0;a\r\n\r\n"));
    }

    @Test
    void trailers_are_limited() {
        assertEquals(
                "DONE NONE at 131  trailers X: " + "a".repeat(121) + "\r\n",
                read("0\r\nX: " + "a".repeat(121) + "\r\n\r\n"));
        assertEquals("BAD TRAILER_TOO_LARGE ", read("0\r\nX: " + "a".repeat(122) + "\r\n\r\n"));
        assertEquals("BAD TRAILER_TOO_LARGE ", read("0\r\nX: " + "a".repeat(123) + "\r\n"));
        assertEquals("BAD TRAILER_TOO_LARGE ", read("0\r\nX: " + "a".repeat(200)));
        assertEquals("BAD TOO_MANY_HEADERS ", read("0\r\n" + "X: y\r\n".repeat(6) + "\r\n"));
    }

    @Test
    void trailers_can_be_looked_up_once_the_message_has_ended() {
        ChunkedDecoder decoder = decoder();
        byte[] body = Wire.bytes("0\r\nX: y\r\nETag: z\r\n\r\n");
        assertEquals(ChunkedDecoder.Event.MORE, decoder.decode(body, 0, body.length - 1));
        assertNull(decoder.trailers());
        assertEquals(ChunkedDecoder.Event.DONE, decoder.decode(body, body.length - 1, body.length));
        Trailers trailers = decoder.trailers();
        assertNotNull(trailers);
        HeaderTable fields = trailers.fields();
        int etag = fields.first(HeaderName.ETAG);
        assertEquals("z", Wire.text(trailers.bytes(), fields.valueOffset(etag), fields.valueLength(etag)));
        decoder.reset();
        assertEquals(ChunkedDecoder.Event.DONE, decoder.decode(Wire.bytes("0\r\n\r\n"), 0, 5));
        assertNull(decoder.trailers());
    }

    @Test
    void any_data_in_any_chunks_is_read_back() {
        Random random = new Random(4);
        for (int i = 0; i < 200; i++) {
            byte[] data = new byte[random.nextInt(300)];
            random.nextBytes(data);
            StringBuilder body = new StringBuilder();
            for (int at = 0; at < data.length; ) {
                int length = Math.min(data.length - at, 1 + random.nextInt(80));
                body.append(Integer.toHexString(length))
                        .append("\r\n")
                        .append(Wire.text(data, at, length))
                        .append("\r\n");
                at += length;
            }
            byte[] bytes = Wire.bytes(body + "0\r\n\r\n");
            String expected = "DONE NONE at " + bytes.length + " " + Wire.text(data);
            assertEquals(
                    expected,
                    ChunkedReading.decoded(bytes, Wire.cut(bytes.length, random), 'x')
                            .toString());
            assertEquals(
                    expected,
                    ChunkedReading.framed(bytes, Wire.cut(bytes.length, random), 'x')
                            .toString());
        }
    }

    private static ChunkedDecoder decoder() {
        return new ChunkedDecoder(ChunkedReading.LIMITS, KnownHeaders.STANDARD);
    }

    private static String read(String body) {
        byte[] bytes = Wire.bytes(body);
        return ChunkedReading.decoded(bytes, Wire.whole(bytes.length), 'x').toString();
    }
}
