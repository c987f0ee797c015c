package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which host a request is for, said in its target, in Host or in both. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RequestHostTest {

    @Test
    void connect_names_a_host_and_a_port() {
        RequestHeadParser parser = parsed("CONNECT a.b:443 HTTP/1.1\r\nHost: a.b\r\n\r\n");
        assertEquals(TargetForm.AUTHORITY, parser.line().form());
        assertEquals(3, parser.hostLength());
        assertEquals(443, parser.port());
        assertEquals(0, parser.line().pathLength());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a:80",
                "a:",
                "A.b-c_d~",
                "1.2.3.4:0",
                "[::]",
                "[::1]:80",
                "[1:2:3:4:5:6:7:8]",
                "[1::8]",
                "[::ffff:1.2.3.4]",
                "[1:2:3:4:5:6:1.2.3.4]",
                "a%41b",
                "!$&'()*+,;=",
                "a:00080",
                "a.",
                "[1:2:3:4:5:6:7::]"
            })
    void a_host_is_a_name_or_an_address_with_or_without_a_port(String host) {
        parsed("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[1]",
                "[:]",
                "[:1]",
                "[1:]",
                "[1:2:3:4:5:6:7]",
                "[1:2:3:4:5:6:7:8:9]",
                "[1::2::3]",
                "[12345::]",
                "[g::]",
                "[:::]",
                "[1:2:3:4:5:6:7:8::]",
                "[::1.2.3]",
                "[::1.2.3.256]",
                "[::1.2.3.04]",
                "[1.2.3.4]",
                "[::1.2.3.4:1]",
                "[fe80::1%25eth0]",
                "[v1.a]",
                "[::1.2.3.4.5]",
                "[1:2:3:4:5:6:7:1.2.3.4]",
                "[::1.2.3.]"
            })
    void an_address_in_brackets_is_ipv6(String host) {
        assertTrue(read("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").startsWith("BAD BAD_HOST"), host);
    }

    @ParameterizedTest
    @CsvSource({
        "http://Example.com/,     example.COM",
        "http://example.com/,     example.com:80",
        "http://example.com:80/,  example.com",
        "http://example.com:/,    example.com",
        "https://example.com/,    example.com:443",
        "https://example.com:8/,  example.com:8"
    })
    void the_authority_of_the_target_and_host_may_spell_the_same_differently(String target, String host) {
        assertEquals(
                11,
                parsed("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                        .hostLength());
    }

    @Test
    void an_old_client_need_not_name_a_host_but_its_target_may() {
        assertEquals(0, parsed("GET / HTTP/1.0\r\n\r\n").hostLength());
        RequestHeadParser parser = parsed("GET http://abc:81/ HTTP/1.0\r\n\r\n");
        assertEquals(11, parser.hostOffset());
        assertEquals(3, parser.hostLength());
        assertEquals(81, parser.port());
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
