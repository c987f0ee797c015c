package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RequestHeadParserTest {

    @Test
    void a_plain_request_is_read() {
        assertEquals(
                "DONE NONE at 71 GET GET target /hello?a=1 ORIGIN host  port -1 path /hello simple query a=1 1.1 "
                        + "Host#0=localhost:8080|X-A#-1=b|Accept#12=*/*| host localhost port 8080 NONE -1 keep",
                read("GET /hello?a=1 HTTP/1.1\r\nHost: localhost:8080\r\nX-A: b\r\nAccept:*/* \t\r\n\r\nGET"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, GET",
        "HEAD / HTTP/1.1, HEAD",
        "POST / HTTP/1.1, POST",
        "PUT / HTTP/1.1, PUT",
        "DELETE / HTTP/1.1, DELETE",
        "OPTIONS / HTTP/1.1, OPTIONS",
        "TRACE / HTTP/1.1, TRACE",
        "PATCH / HTTP/1.1, PATCH",
        "get / HTTP/1.1, OTHER",
        "GE / HTTP/1.1, OTHER",
        "GOT / HTTP/1.1, OTHER",
        "PURGE / HTTP/1.1, OTHER",
        "PROPFIND / HTTP/1.1, OTHER",
        "OPTIONZ / HTTP/1.1, OTHER"
    })
    void methods_are_case_sensitive_tokens(String line, Method method) {
        assertEquals(method, parsed(line + "\r\nHost: a\r\n\r\n").line().method());
    }

    @ParameterizedTest
    @CsvSource({
        "/,                           ORIGIN,   /,        false,",
        "/a/b.c,                      ORIGIN,   /a/b.c,   false,",
        "/?,                          ORIGIN,   /,        false, ''",
        "/a?b/../c?d=\\,              ORIGIN,   /a,       false, b/../c?d=\\",
        "/.well-known/x,              ORIGIN,   /.well-known/x, false,",
        "/a/...,                      ORIGIN,   /a/...,   false,",
        "/a..,                        ORIGIN,   /a..,     false,",
        "/a%20b,                      ORIGIN,   /a%20b,   true,",
        "/a//b,                       ORIGIN,   /a//b,    true,",
        "/a/./b,                      ORIGIN,   /a/./b,   true,",
        "/a/../b,                     ORIGIN,   /a/../b,  true,",
        "/a/..,                       ORIGIN,   /a/..,    true,",
        "/.,                          ORIGIN,   /.,       true,",
        "'/[]{}|^`~!$&()*+,;=:',      ORIGIN,   '/[]{}|^`~!$&()*+,;=:', false,",
        "http://h/a?b,                ABSOLUTE, /a,       false, b",
        "HTTP://h:80/,                ABSOLUTE, /,        false,",
        "http://h,                    ABSOLUTE, '',       false,",
        "http://H?q,                  ABSOLUTE, '',       false, q",
        "http://h/%41,                ABSOLUTE, /%41,     true,"
    })
    void a_target_is_split(String target, TargetForm form, String path, boolean complex, String query) {
        String text = "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
        RequestLine line = parsed(text).line();
        byte[] bytes = Wire.bytes(text);
        assertEquals(form, line.form());
        assertEquals(target, Wire.text(bytes, line.targetOffset(), line.targetLength()));
        assertEquals(path, Wire.text(bytes, line.pathOffset(), line.pathLength()));
        assertEquals(complex, line.complexPath());
        assertEquals(query != null, line.hasQuery());
        assertEquals(query == null ? "" : query, Wire.text(bytes, line.queryOffset(), line.queryLength()));
    }

    @Test
    void options_may_ask_about_the_whole_server() {
        RequestLine line = parsed("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").line();
        assertEquals(TargetForm.ASTERISK, line.form());
        assertEquals(1, line.pathLength());
    }

    @Test
    void a_content_length_of_zero_is_no_body_even_of_connect() {
        RequestHeadParser parser = parsed("CONNECT a:443 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        assertEquals(BodyFraming.NONE, parser.framing());
        assertEquals(0, parser.contentLength());
    }

    @ParameterizedTest
    @CsvSource({
        "1.1, X,                            true",
        "1.1, Connection: close,            false",
        "1.1, 'Connection: keep-alive, Close', false",
        "1.1, 'Connection: , close ,',      false",
        "1.1, Connection: closed,           true",
        "1.9, X,                            true",
        "1.0, X,                            false",
        "1.0, Connection: keep-alive,       true",
        "1.0, 'Connection: x, Keep-Alive',  true",
        "1.0, Proxy-Connection: keep-alive, false"
    })
    void version_and_connection_say_whether_another_request_follows(String version, String header, boolean keep) {
        String line = header.equals("X") ? "X: y" : header;
        assertEquals(
                keep,
                parsed("GET / HTTP/" + version + "\r\nHost: a\r\n" + line + "\r\n\r\n")
                        .keepAlive());
    }

    @Test
    void two_connection_lines_count_as_one() {
        assertFalse(parsed("GET / HTTP/1.1\r\nHost: a\r\nConnection: a\r\nConnection: close\r\n\r\n")
                .keepAlive());
    }

    @Test
    void headers_that_connection_names_are_known_wherever_they_stand() {
        String before = "Host: a\r\nX-Before: 1\r\nTE: trailers\r\n";
        String connection = "Connection: x-BEFORE, te, x-after, host, content-length\r\n";
        String after = "Content-Length: 1\r\nX-After: 2\r\nX-Other: 3\r\n";
        RequestHeadParser parser = parsed("GET / HTTP/1.1\r\n" + before + connection + after + "\r\n");
        List<Integer> named = IntStream.range(0, parser.headers().size())
                .filter(parser::namedByConnection)
                .boxed()
                .toList();
        assertEquals(List.of(1, 2, 5), named);
    }

    @Test
    void an_upgrade_needs_both_headers_and_http_1_1() {
        String upgrade = "Upgrade: websocket\r\n";
        String connection = "Connection: keep-alive, Upgrade\r\n";
        assertTrue(parsed("GET / HTTP/1.1\r\nHost: a\r\n" + connection + upgrade + "\r\n")
                .upgrade());
        assertFalse(
                parsed("GET / HTTP/1.1\r\nHost: a\r\n" + connection + "\r\n").upgrade());
        assertFalse(parsed("GET / HTTP/1.1\r\nHost: a\r\n" + upgrade + "\r\n").upgrade());
        assertFalse(parsed("GET / HTTP/1.0\r\nHost: a\r\n" + connection + upgrade + "\r\n")
                .upgrade());
    }

    @Test
    void an_expectation_is_heard_only_from_http_1_1() {
        assertTrue(parsed("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n\r\n")
                .expectContinue());
        assertFalse(parsed("PUT / HTTP/1.0\r\nHost: a\r\nExpect: 100-continue\r\n\r\n")
                .expectContinue());
        assertFalse(
                parsed("PUT / HTTP/1.0\r\nHost: a\r\nExpect: 200-ok\r\n\r\n").expectContinue());
    }

    @Test
    void the_body_is_framed_by_one_of_two_headers() {
        RequestHeadParser length = parsed("GET / HTTP/1.1\r\nHost: a\r\nContent-Length:  9223372036854775807 \r\n\r\n");
        assertEquals(BodyFraming.LENGTH, length.framing());
        assertEquals(Long.MAX_VALUE, length.contentLength());
        RequestHeadParser chunked = parsed("HEAD / HTTP/1.1\r\nHost: a\r\nTRANSFER-encoding: Chunked\r\n\r\n");
        assertEquals(BodyFraming.CHUNKED, chunked.framing());
        assertEquals(-1, chunked.contentLength());
    }

    @Test
    void values_may_hold_tabs_and_bytes_beyond_ascii() {
        assertTrue(read("GET / HTTP/1.1\r\nHost: a\r\nX:\t b\tc \377\200 \t\r\nY:\r\n\r\n")
                .contains("|X#-1=b\tc \377\200|Y#-1=|"));
    }

    @Test
    void a_name_nobody_registered_is_found_by_its_hash() {
        HeaderTable headers = parsed("GET / HTTP/1.1\r\nHost: a\r\nX-Own-Tenant-Name: b\r\nX: c\r\n\r\n")
                .headers();
        byte[] name = Wire.bytes(":x-own-TENANT-name");
        assertEquals(headers.nameHash(1), HeaderTable.hash(name, 1, name.length));
        assertEquals(headers.nameHash(2), HeaderTable.hash(name, 1, 2));
        assertEquals(headers.nameHash(0), HeaderTable.hash(Wire.bytes("HOST"), 0, 4));
    }

    @Test
    void a_few_empty_lines_before_the_request_are_ignored() {
        assertTrue(read("\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n").startsWith("DONE NONE at 35"));
    }

    @Test
    void requests_sent_in_a_row_are_read_one_after_the_other() {
        String first = "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";
        String second = "GET /2 HTTP/1.1\r\nHost: b\r\n\r\n";
        byte[] bytes = Wire.bytes(first + "hello" + second + second);
        RequestHeadParser parser = new RequestHeadParser(Wire.LIMITS, KnownHeaders.STANDARD);

        assertEquals(Parse.DONE, parser.parse(bytes, 0, bytes.length));
        assertEquals(first.length(), parser.position());
        int next = parser.position() + (int) parser.contentLength();
        parser.reset();
        assertEquals(Parse.DONE, parser.parse(bytes, next, bytes.length));
        assertEquals(next + second.length(), parser.position());
        assertEquals(-1, parser.contentLength());
        next = parser.position();
        parser.reset();
        assertEquals(Parse.DONE, parser.parse(bytes, next, bytes.length));
        assertEquals(bytes.length, parser.position());
    }

    @Test
    void the_verdict_is_final() {
        RequestHeadParser parser = new RequestHeadParser(Wire.LIMITS, KnownHeaders.STANDARD);
        byte[] bad = Wire.bytes("GET /\r\n");
        assertEquals(Parse.BAD, parser.parse(bad, 0, bad.length));
        assertEquals(Parse.BAD, parser.parse(bad, 0, bad.length));
        parser.reset();
        byte[] good = Wire.bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertEquals(Parse.DONE, parser.parse(good, 0, good.length));
        assertEquals(Parse.DONE, parser.parse(good, good.length, good.length));
        assertEquals(good.length, parser.position());
    }

    @Test
    void a_caller_who_loses_bytes_is_told() {
        RequestHeadParser parser = new RequestHeadParser(Wire.LIMITS, KnownHeaders.STANDARD);
        byte[] bytes = Wire.bytes("GET / HTTP/1.1\r\nHost");
        assertEquals(Parse.MORE, parser.parse(bytes, 0, bytes.length));
        assertEquals(16, parser.position());
        assertThrows(IllegalArgumentException.class, () -> parser.parse(bytes, 15, bytes.length));
        assertThrows(IllegalArgumentException.class, () -> parser.parse(bytes, 16, bytes.length - 1));
        assertThrows(IndexOutOfBoundsException.class, () -> parser.parse(bytes, 16, bytes.length + 1));
    }

    @Test
    void names_of_another_configuration_are_recognised_after_it_is_taken() {
        RequestHeadParser parser = new RequestHeadParser(Wire.LIMITS, KnownHeaders.STANDARD);
        KnownHeaders more = KnownHeaders.with(List.of("X-Tenant"));
        byte[] bytes = Wire.bytes("GET / HTTP/1.1\r\nHost: a\r\nx-tenant: b\r\nX-TENANT: c\r\n\r\n");
        parser.use(Wire.LIMITS, more);
        assertEquals(Parse.DONE, parser.parse(bytes, 0, bytes.length));
        int id = more.idOf("x-Tenant");
        assertEquals(1, parser.headers().first(id));
        assertEquals(2, parser.headers().next(id, 1));
        assertEquals(-1, parser.headers().next(id, 2));
    }

    private static String read(String text) {
        return RequestReading.whole(Wire.bytes(text));
    }

    private static RequestHeadParser parsed(String text) {
        RequestHeadParser parser = new RequestHeadParser(Wire.LIMITS, KnownHeaders.STANDARD);
        byte[] bytes = Wire.bytes(text);
        assertEquals(
                Parse.DONE,
                parser.parse(bytes, 0, bytes.length),
                () -> parser.fault().text());
        assertEquals(bytes.length, parser.position());
        return parser;
    }
}
