package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One cookie among those of a request: {@code $cookie_name}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CookieTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", return { status = 200, text = "[$cookie_a_b]" } } ]
            } ]
            """;

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin());

    private static String ask(RawClient client, String headers) {
        return client.send("GET / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n")
                .response()
                .text();
    }

    /** By the rules of ngx_http_parse_multi_header_lines. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '@', delimiter = '|', textBlock = """
            a_b=1                       | [1]
            a_b=                        | []
            a_b                         | []
            x=0; a_b=1; y=2             | [1]
            a_b=1; a_b=2                | [1]
            A_B=1                       | [1]
            xa_b=0; a_bx=1; a_b=2       | [2]
            a_b  =  1 ; y               | [1 ]
            a_b=1,2;3                   | [1,2]
            x=0, a_b=1                  | [1]
            x="a_b=0"; a_b=1            | [1]
            ;;; a_b=1                   | [1]
            a_b;a_b=1                   | [1]
            a_b==1                      | [=1]
            a-b=1                       | []
            """)
    void the_value_is_that_of_the_first_of_the_name(String cookies, String expected) {
        try (RawClient client = servers.start("auto", CONF).client()) {
            assertEquals(expected, ask(client, "Cookie: " + cookies + "\r\n"));
            assertEquals(expected, ask(client, "Accept: a_b=9\r\ncookie: x=0\r\nCOOKIE: " + cookies + "\r\n"));
        }
    }

    @OnBothDrivers
    void it_does_not_matter_how_the_request_is_cut(String driver) {
        TestServer server = servers.start(driver, CONF);
        String request = "GET / HTTP/1.1\r\nHost: a\r\nCookie: x=0; a_b=one; y=2\r\n\r\n";
        try (RawClient client = server.client()) {
            for (int cut = 1; cut < request.length(); cut++) {
                client.send(request.substring(0, cut));
                server.turn();
                assertEquals(
                        "[one]", client.send(request.substring(cut)).response().text(), "cut at " + cut);
            }
        }
    }

    /** Against a few lines that do the same with strings. */
    @Test
    void whatever_is_sent_the_value_is_what_a_model_says() {
        Random random = new Random(31);
        String telling = "ab_AB=;, \"\\x";
        try (RawClient client = servers.start("auto", CONF).client()) {
            for (int i = 0; i < 500 * Integer.getInteger("sluice.fuzz", 1); i++) {
                StringBuilder cookies = new StringBuilder();
                for (int n = random.nextInt(4); n >= 0; n--) {
                    cookies.append(random.nextBoolean() ? "a_b=" : "a_b");
                    for (int m = random.nextInt(6); m > 0; m--) {
                        cookies.append(telling.charAt(random.nextInt(telling.length())));
                    }
                }
                String sent = cookies.toString().strip();
                assertEquals("[" + model(sent) + "]", ask(client, "Cookie: " + sent + "\r\n"), sent);
            }
        }
    }

    private static String model(String line) {
        String rest = line;
        while (!rest.isEmpty()) {
            String behind = rest.regionMatches(true, 0, "a_b", 0, 3) ? stripLeading(rest.substring(3)) : "";
            if (behind.startsWith("=")) {
                String value = stripLeading(behind.substring(1));
                int end = value.indexOf(';');
                return new String(
                        (end < 0 ? value : value.substring(0, end)).getBytes(StandardCharsets.ISO_8859_1),
                        StandardCharsets.ISO_8859_1);
            }
            String[] parts = rest.split("[;,]", 2);
            rest = parts.length < 2 ? "" : stripLeading(parts[1]);
        }
        return "";
    }

    private static String stripLeading(String text) {
        return text.replaceFirst("^ +", "");
    }
}
