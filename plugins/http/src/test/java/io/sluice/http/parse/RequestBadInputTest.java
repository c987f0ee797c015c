package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row is bytes that some server has read differently from another one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RequestBadInputTest {

    @ParameterizedTest
    @CsvSource(delimiter = '@', quoteCharacter = '~', maxCharsPerColumn = 5000, textBlock = """
                    # line ends
                    GET / HTTP/1.1\\nHost: a\\r\\n\\r\\n                                  @ BARE_LF @ 400
                    GET / HTTP/1.1\\r\\nHost: a\\n\\r\\n                                  @ BARE_LF @ 400
                    GET / HTTP/1.1\\r\\nHost: a\\r\\n\\n                                  @ BARE_LF @ 400
                    GET / HTTP/1.1\\rHost: a\\r\\n\\r\\n                                  @ BARE_CR @ 400
                    GET / HTTP/1.1\\r\\nHost: a\\r\\nX: b\\rY: c\\r\\n\\r\\n              @ BARE_CR @ 400
                    GET / HTTP/1.1\\r\\nHost: a\\r\\r\\n\\r\\n                            @ BARE_CR @ 400
                    \\nGET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                            @ BARE_LF @ 400
                    \\r\\n\\r\\n\\r\\n\\r\\n\\r\\nGET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n @ EMPTY_LINES @ 400
                    # request line
                    GET /\\r\\n                                                           @ BAD_REQUEST_LINE @ 400
                    GET\\r\\n                                                             @ BAD_REQUEST_LINE @ 400
                    GET  / HTTP/1.1\\r\\n                                                 @ BAD_TARGET @ 400
                    GET /  HTTP/1.1\\r\\n                                                 @ BAD_TARGET @ 400
                    GET / HTTP/1.1\\s\\r\\n                                               @ BAD_REQUEST_LINE @ 400
                    \\sGET / HTTP/1.1\\r\\n                                               @ BAD_METHOD @ 400
                    GET\\t/ HTTP/1.1\\r\\n                                                @ BAD_METHOD @ 400
                    GET / \\tHTTP/1.1\\r\\n                                               @ BAD_REQUEST_LINE @ 400
                    GET /\\tHTTP/1.1\\r\\n                                                @ BAD_REQUEST_LINE @ 400
                    G(T / HTTP/1.1\\r\\n                                                  @ BAD_METHOD @ 400
                    GET / HTTP/1.1 x\\r\\n                                                @ BAD_REQUEST_LINE @ 400
                    GET HTTP/1.1\\r\\n                                                    @ BAD_REQUEST_LINE @ 400
                    GET  HTTP/1.1\\r\\n                                                   @ BAD_REQUEST_LINE @ 400
                    \\026\\003\\001\\002\\000                                             @ CONTROL_CHARACTER @ 400
                    # version
                    GET / HTTP/0.9\\r\\n                                                  @ BAD_VERSION @ 400
                    GET / http/1.1\\r\\n                                                  @ BAD_VERSION @ 400
                    GET / HTTP/1,1\\r\\n                                                  @ BAD_VERSION @ 400
                    GET / HTTP/1.x\\r\\n                                                  @ BAD_VERSION @ 400
                    GET / HTTP/11\\r\\n                                                   @ BAD_REQUEST_LINE @ 400
                    GET / HTTP/1.10\\r\\n                                                 @ BAD_REQUEST_LINE @ 400
                    GET / HTTP/2.0\\r\\n                                                  @ UNSUPPORTED_VERSION @ 505
                    PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n                              @ UNSUPPORTED_VERSION @ 505
                    # target
                    GET /a\\000b HTTP/1.1\\r\\n                                           @ CONTROL_CHARACTER @ 400
                    GET /a\\177b HTTP/1.1\\r\\n                                           @ CONTROL_CHARACTER @ 400
                    GET /\\303\\244 HTTP/1.1\\r\\n                                        @ BAD_TARGET @ 400
                    GET /?\\303\\244 HTTP/1.1\\r\\n                                       @ BAD_TARGET @ 400
                    GET /a#b HTTP/1.1\\r\\n                                               @ BAD_TARGET @ 400
                    GET /?a#b HTTP/1.1\\r\\n                                              @ BAD_TARGET @ 400
                    GET /a\\\\b HTTP/1.1\\r\\n                                            @ BAD_TARGET @ 400
                    GET /a"b HTTP/1.1\\r\\n                                               @ BAD_TARGET @ 400
                    GET /<b> HTTP/1.1\\r\\n                                               @ BAD_TARGET @ 400
                    GET a HTTP/1.1\\r\\n                                                  @ TARGET_FORM @ 400
                    GET * HTTP/1.1\\r\\n                                                  @ TARGET_FORM @ 400
                    GET ftp://a/ HTTP/1.1\\r\\n                                           @ TARGET_FORM @ 400
                    GET http:/a HTTP/1.1\\r\\n                                            @ TARGET_FORM @ 400
                    GET a:80 HTTP/1.1\\r\\n                                               @ TARGET_FORM @ 400
                    OPTIONS *x HTTP/1.1\\r\\n                                             @ TARGET_FORM @ 400
                    GET http:// HTTP/1.1\\r\\n                                            @ BAD_AUTHORITY @ 400
                    GET http:/// HTTP/1.1\\r\\n                                           @ BAD_AUTHORITY @ 400
                    CONNECT /a HTTP/1.1\\r\\n                                             @ BAD_AUTHORITY @ 400
                    CONNECT a HTTP/1.1\\r\\n                                              @ BAD_AUTHORITY @ 400
                    CONNECT a: HTTP/1.1\\r\\n                                             @ BAD_AUTHORITY @ 400
                    CONNECT a:80/ HTTP/1.1\\r\\n                                          @ BAD_AUTHORITY @ 400
                    # header names
                    GET / HTTP/1.1\\r\\nHost : a\\r\\n                                    @ SPACE_BEFORE_COLON @ 400
                    GET / HTTP/1.1\\r\\nHost\\t: a\\r\\n                                  @ SPACE_BEFORE_COLON @ 400
                    GET / HTTP/1.1\\r\\nHost\\013: a\\r\\n                                @ CONTROL_CHARACTER @ 400
                    GET / HTTP/1.1\\r\\n\\013Host: a\\r\\n                                @ CONTROL_CHARACTER @ 400
                    GET / HTTP/1.1\\r\\nX\\000: a\\r\\n                                   @ CONTROL_CHARACTER @ 400
                    GET / HTTP/1.1\\r\\nX\\377: a\\r\\n                                   @ BAD_HEADER_NAME @ 400
                    GET / HTTP/1.1\\r\\nX Y: a\\r\\n                                      @ BAD_HEADER_NAME @ 400
                    GET / HTTP/1.1\\r\\nX(Y): a\\r\\n                                     @ BAD_HEADER_NAME @ 400
                    GET / HTTP/1.1\\r\\n: a\\r\\n                                         @ BAD_HEADER_NAME @ 400
                    GET / HTTP/1.1\\r\\nHost\\r\\n                                        @ NO_COLON @ 400
                    GET / HTTP/1.1\\r\\nHost\\r\\nX: long enough to be found\\r\\n\\r\\n  @ NO_COLON @ 400
                    GET / HTTP/1.1\\r\\nGET /b HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n          @ NO_COLON @ 400
                    # folding
                    GET / HTTP/1.1\\r\\nHost: a\\r\\n b\\r\\n\\r\\n                       @ FOLDED_HEADER @ 400
                    GET / HTTP/1.1\\r\\nHost: a\\r\\n\\tb: c\\r\\n\\r\\n                  @ FOLDED_HEADER @ 400
                    GET / HTTP/1.1\\r\\n Host: a\\r\\n\\r\\n                              @ FOLDED_HEADER @ 400
                    GET / HTTP/1.1\\r\\nTransfer-Encoding:\\r\\n chunked\\r\\n\\r\\n      @ BAD_TRANSFER_ENCODING @ 400
                    # header values
                    GET / HTTP/1.1\\r\\nHost: a\\r\\nX: b\\000c\\r\\n\\r\\n               @ CONTROL_CHARACTER @ 400
                    GET / HTTP/1.1\\r\\nHost: a\\r\\nX: b\\033c\\r\\n\\r\\n               @ CONTROL_CHARACTER @ 400
                    GET / HTTP/1.1\\r\\nHost: a\\r\\nX: b\\177c\\r\\n\\r\\n               @ CONTROL_CHARACTER @ 400
                    # Host
                    GET / HTTP/1.1\\r\\n\\r\\n                                            @ MISSING_HOST @ 400
                    GET / HTTP/1.2\\r\\n\\r\\n                                            @ MISSING_HOST @ 400
                    GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: a\\r\\n\\r\\n                  @ DUPLICATE_HEADER @ 400
                    GET / HTTP/1.0\\r\\nHost: a\\r\\nhOST: b\\r\\n\\r\\n                  @ DUPLICATE_HEADER @ 400
                    GET / HTTP/1.1\\r\\nHost:\\r\\n\\r\\n                                 @ BAD_HOST @ 400
                    GET / HTTP/1.1\\r\\nHost: a b\\r\\n\\r\\n                             @ BAD_HOST @ 400
                    GET / HTTP/1.1\\r\\nHost: a/b\\r\\n\\r\\n                             @ BAD_HOST @ 400
                    GET / HTTP/1.1\\r\\nHost: u%2\\r\\n\\r\\n                             @ BAD_HOST @ 400
                    GET / HTTP/1.1\\r\\nHost: a..b\\r\\n\\r\\n                            @ BAD_HOST @ 400
                    GET / HTTP/1.1\\r\\nHost: .a\\r\\n\\r\\n                              @ BAD_HOST @ 400
                    GET / HTTP/1.1\\r\\nHost: a:x\\r\\n\\r\\n                             @ BAD_HOST @ 400
                    GET / HTTP/1.1\\r\\nHost: a:+80\\r\\n\\r\\n                           @ BAD_HOST @ 400
                    GET / HTTP/1.1\\r\\nHost: a:65536\\r\\n\\r\\n                         @ BAD_HOST @ 400
                    GET / HTTP/1.1\\r\\nHost: a:80:80\\r\\n\\r\\n                         @ BAD_HOST @ 400
                    GET / HTTP/1.1\\r\\nHost: [::1\\r\\n\\r\\n                            @ BAD_HOST @ 400
                    GET / HTTP/1.1\\r\\nHost: [::1]x\\r\\n\\r\\n                          @ BAD_HOST @ 400
                    GET / HTTP/1.1\\r\\nHost: \\303\\244\\r\\n\\r\\n                      @ BAD_HOST @ 400
                    GET http://a/ HTTP/1.1\\r\\nHost: b\\r\\n\\r\\n                       @ HOST_MISMATCH @ 400
                    GET http://a/ HTTP/1.1\\r\\nHost: aa\\r\\n\\r\\n                      @ HOST_MISMATCH @ 400
                    GET http://a:81/ HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                    @ HOST_MISMATCH @ 400
                    GET https://a/ HTTP/1.1\\r\\nHost: a:80\\r\\n\\r\\n                   @ HOST_MISMATCH @ 400
                    GET http://a/ HTTP/1.0\\r\\nHost: b\\r\\n\\r\\n                       @ HOST_MISMATCH @ 400
                    GET http://a/ HTTP/1.1\\r\\n\\r\\n                                    @ MISSING_HOST @ 400
                    CONNECT a:443 HTTP/1.1\\r\\nHost: b:443\\r\\n\\r\\n                   @ HOST_MISMATCH @ 400
                    CONNECT a:443 HTTP/1.1\\r\\nHost: a:80\\r\\n\\r\\n                    @ HOST_MISMATCH @ 400
                    # Content-Length
                    POST / HTTP/1.1\\r\\nContent-Length: +5\\r\\n                         @ BAD_CONTENT_LENGTH @ 400
                    POST / HTTP/1.1\\r\\nContent-Length: -5\\r\\n                         @ BAD_CONTENT_LENGTH @ 400
                    POST / HTTP/1.1\\r\\nContent-Length: 5 5\\r\\n                        @ BAD_CONTENT_LENGTH @ 400
                    POST / HTTP/1.1\\r\\nContent-Length: 5, 5\\r\\n                       @ BAD_CONTENT_LENGTH @ 400
                    POST / HTTP/1.1\\r\\nContent-Length: 05\\r\\n                         @ BAD_CONTENT_LENGTH @ 400
                    POST / HTTP/1.1\\r\\nContent-Length: 0x5\\r\\n                        @ BAD_CONTENT_LENGTH @ 400
                    POST / HTTP/1.1\\r\\nContent-Length: 5_0\\r\\n                        @ BAD_CONTENT_LENGTH @ 400
                    POST / HTTP/1.1\\r\\nContent-Length: 5.0\\r\\n                        @ BAD_CONTENT_LENGTH @ 400
                    POST / HTTP/1.1\\r\\nContent-Length: 5a\\r\\n                         @ BAD_CONTENT_LENGTH @ 400
                    POST / HTTP/1.1\\r\\nContent-Length:\\r\\n                            @ BAD_CONTENT_LENGTH @ 400
                    POST / HTTP/1.1\\r\\nContent-Length: \\262\\r\\n                      @ BAD_CONTENT_LENGTH @ 400
                    POST / HTTP/1.1\\r\\nContent-Length: 9223372036854775808\\r\\n        @ BAD_CONTENT_LENGTH @ 400
                    POST / HTTP/1.1\\r\\nContent-Length: 18446744073709551621\\r\\n       @ BAD_CONTENT_LENGTH @ 400
                    POST / HTTP/1.1\\r\\nContent-Length: 5\\r\\nContent-Length: 5\\r\\n   @ DUPLICATE_HEADER @ 400
                    POST / HTTP/1.1\\r\\nContent-Length: 5\\r\\nContent-Length: 6\\r\\n   @ DUPLICATE_HEADER @ 400
                    # Transfer-Encoding
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: gzip\\r\\n                    @ UNKNOWN_CODING @ 501
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: gzip, chunked\\r\\n           @ UNKNOWN_CODING @ 501
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: identity\\r\\n                @ UNKNOWN_CODING @ 501
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: xchunked\\r\\n                @ UNKNOWN_CODING @ 501
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked, gzip\\r\\n           @ BAD_TRANSFER_ENCODING @ 400
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked, identity\\r\\n       @ BAD_TRANSFER_ENCODING @ 400
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked, chunked\\r\\n        @ BAD_TRANSFER_ENCODING @ 400
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: gzip, chunked, br\\r\\n       @ BAD_TRANSFER_ENCODING @ 400
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked,\\r\\n                @ BAD_TRANSFER_ENCODING @ 400
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: ,chunked\\r\\n                @ BAD_TRANSFER_ENCODING @ 400
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: gzip,\\r\\n                   @ BAD_TRANSFER_ENCODING @ 400
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked;a=b\\r\\n             @ BAD_TRANSFER_ENCODING @ 400
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: "chunked"\\r\\n               @ BAD_TRANSFER_ENCODING @ 400
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked x\\r\\n               @ BAD_TRANSFER_ENCODING @ 400
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: gzip x\\r\\n                  @ BAD_TRANSFER_ENCODING @ 400
                    POST / HTTP/1.1\\r\\nTransfer-Encoding:\\r\\n                         @ BAD_TRANSFER_ENCODING @ 400
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\nTransfer-Encoding: chunked\\r\\n @ DUPLICATE_HEADER @ 400
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\nTransfer-encoding: identity\\r\\n @ DUPLICATE_HEADER @ 400
                    POST / HTTP/1.0\\r\\nTransfer-Encoding: chunked\\r\\n                 @ CODING_IN_HTTP_1_0 @ 400
                    POST / HTTP/1.1\\r\\nContent-Length: 5\\r\\nTransfer-Encoding: chunked\\r\\n @ LENGTH_AND_CODING @ 400
                    POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\nContent-Length: 5\\r\\n @ LENGTH_AND_CODING @ 400
                    CONNECT a:443 HTTP/1.1\\r\\nHost: a:443\\r\\nContent-Length: 5\\r\\n\\r\\n  @ CONNECT_WITH_BODY @ 400
                    # the rest
                    GET / HTTP/1.1\\r\\nHost: a\\r\\nConnection: close keep-alive\\r\\n   @ BAD_CONNECTION @ 400
                    GET / HTTP/1.1\\r\\nHost: a\\r\\nConnection: a;b\\r\\n                @ BAD_CONNECTION @ 400
                    GET / HTTP/1.1\\r\\nHost: a\\r\\nExpect: 200-ok\\r\\n                 @ UNKNOWN_EXPECTATION @ 417
                    GET / HTTP/1.1\\r\\nHost: a\\r\\nExpect:\\r\\n                        @ UNKNOWN_EXPECTATION @ 417
                    GET / HTTP/1.1\\r\\nExpect: 100-continue\\r\\nExpect: 100-continue\\r\\n @ DUPLICATE_HEADER @ 400
                    GET / HTTP/1.1\\r\\nAuthorization: a\\r\\nAuthorization: b\\r\\n      @ DUPLICATE_HEADER @ 400
                    """)
    void what_two_servers_could_read_differently_is_refused(String escaped, String fault, int status) {
        byte[] bytes = Wire.bytes(escaped.translateEscapes());
        RequestReading reading = new RequestReading(Wire.LIMITS);
        String whole = reading.read(bytes, Wire.whole(bytes.length), 0, 'x');

        assertTrue(whole.startsWith("BAD " + fault + " at"), whole);
        assertEquals(status, reading.parser.fault().status());
        assertEquals(whole, RequestReading.of(bytes, Wire.singleBytes(bytes.length), 0, ':'));
    }

    @Test
    void user_information_is_no_part_of_an_authority() {
        assertRead(Wire.LIMITS, "GET http://u@a/ HTTP/1.1\r\n", Parse.BAD, Fault.BAD_AUTHORITY);
        assertRead(Wire.LIMITS, "GET / HTTP/1.1\r\nHost: u@a\r\n", Parse.BAD, Fault.BAD_HOST);
    }

    @Test
    void a_line_of_the_longest_length_is_read_and_one_byte_more_is_refused() {
        HeadLimits limits = new HeadLimits(40, 30, 3, 90);
        String head = "Host: a\r\n\r\n";
        assertRead(limits, "GET /" + "a".repeat(24) + " HTTP/1.1\r\n" + head, Parse.DONE, Fault.NONE);
        assertRead(limits, "GET /" + "a".repeat(25) + " HTTP/1.1\r\n" + head, Parse.BAD, Fault.REQUEST_LINE_TOO_LONG);
        assertRead(limits, "GET /" + "a".repeat(40), Parse.BAD, Fault.REQUEST_LINE_TOO_LONG);
        assertRead(limits, "GET / HTTP/1.1\r\nX: " + "b".repeat(25) + "\r\n" + head, Parse.DONE, Fault.NONE);
        assertRead(
                limits,
                "GET / HTTP/1.1\r\nX: " + "b".repeat(26) + "\r\n" + head,
                Parse.BAD,
                Fault.HEADER_LINE_TOO_LONG);
        assertRead(limits, "GET / HTTP/1.1\r\nX: " + "b".repeat(27), Parse.BAD, Fault.HEADER_LINE_TOO_LONG);
    }

    @Test
    void a_head_of_the_most_bytes_is_read_and_one_more_is_refused() {
        HeadLimits limits = new HeadLimits(40, 40, 9, 64);
        String start = "GET / HTTP/1.1\r\nHost: a\r\nA: aaaaaaaaaaaa\r\n";
        assertRead(limits, start + "B: bbbbbbbbbbbbbbb\r\n\r\n", Parse.DONE, Fault.NONE);
        assertRead(limits, start + "B: bbbbbbbbbbbbbbbb\r\n\r\n", Parse.BAD, Fault.HEAD_TOO_LARGE);
        assertRead(limits, start + "B: bbbbbbbbbbbbbbbbbb\r\n\r\n", Parse.BAD, Fault.HEAD_TOO_LARGE);
    }

    @Test
    void one_header_more_than_allowed_is_refused() {
        HeadLimits limits = new HeadLimits(40, 40, 3, 400);
        String start = "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\nA: b\r\n";
        assertRead(limits, start + "\r\n", Parse.DONE, Fault.NONE);
        assertRead(limits, start + "A: b\r\n\r\n", Parse.BAD, Fault.TOO_MANY_HEADERS);
    }

    @Test
    void connection_may_not_name_any_number_of_headers() {
        HeadLimits limits = new HeadLimits(40, 400, 3, 800);
        String head = "GET / HTTP/1.1\r\nHost: a\r\nConnection: ";
        assertRead(limits, head + "x, ".repeat(32) + "close\r\n\r\n", Parse.DONE, Fault.NONE);
        assertRead(limits, head + "x, ".repeat(33) + "close\r\n\r\n", Parse.BAD, Fault.BAD_CONNECTION);
    }

    @Test
    void a_host_longer_than_any_name_in_the_dns_is_refused() {
        HeadLimits limits = new HeadLimits(400, 400, 3, 800);
        String longest = "a".repeat(255);
        assertRead(limits, "GET / HTTP/1.1\r\nHost: " + longest + ":80\r\n\r\n", Parse.DONE, Fault.NONE);
        assertRead(limits, "GET / HTTP/1.1\r\nHost: a" + longest + "\r\n\r\n", Parse.BAD, Fault.BAD_HOST);
        assertRead(limits, "GET http://a" + longest + "/ HTTP/1.1\r\n", Parse.BAD, Fault.BAD_AUTHORITY);
    }

    private static void assertRead(HeadLimits limits, String text, Parse result, Fault fault) {
        byte[] bytes = Wire.bytes(text);
        RequestReading reading = new RequestReading(limits);
        String whole = reading.read(bytes, Wire.whole(bytes.length), 0, 'x');
        assertTrue(whole.startsWith(result + " " + fault + " "), whole);
        assertEquals(whole, reading.read(bytes, Wire.singleBytes(bytes.length), 0, '\n'));
        assertEquals(whole, reading.read(bytes, Wire.singleBytes(bytes.length), 3, '\r'));
    }
}
