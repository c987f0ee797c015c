package io.sluice.gzip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Message;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which responses are compressed, and what their heads say then. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ResponseHeadTest {
    private static final String TEXT = Gzips.TEXT;

    @RegisterExtension
    final TestServers servers = Gzips.servers();

    @OnBothDrivers
    void only_200_403_and_404_are_compressed(String driver) {
        for (int status : new int[] {200, 403, 404}) {
            assertEquals(TEXT, Gzips.unzipped(ask(driver, status(status), "")), "" + status);
        }
        for (int status : new int[] {201, 203, 301, 400, 500, 503}) {
            assertPlain(ask(driver, status(status), ""));
        }
    }

    @OnBothDrivers
    void what_is_encoded_already_is_passed_on(String driver) {
        Response answer = ask(driver, Gzips.ok("Content-Encoding: br\r\n", TEXT), "");
        assertEquals(List.of("br"), answer.headers("Content-Encoding"));
        assertEquals(TEXT, answer.text());
        assertEquals("" + TEXT.length(), answer.header("Content-Length"));
    }

    @OnBothDrivers
    void head_gets_the_head_that_get_gets(String driver) {
        String tagged = Gzips.ok("ETag: \"a\"\r\nAccept-Ranges: bytes\r\n", TEXT);
        Origin origin = servers.closing(Origin.running(session -> {
            for (Message request = session.nextRequest(); request != null; request = session.nextRequest()) {
                boolean head = request.startLine().startsWith("HEAD");
                session.send(head ? tagged.substring(0, tagged.indexOf("\r\n\r\n") + 4) : tagged);
            }
        }));
        TestServer server = servers.start(driver, Gzips.to(origin, "http.gzip.vary = on"));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 3; i++) {
                Response head =
                        client.send(Gzips.accepting().replace("GET", "HEAD")).responseHead();
                assertEquals(List.of("gzip"), head.headers("Content-Encoding"));
                assertEquals(List.of("Accept-Encoding"), head.headers("Vary"));
                assertEquals(List.of("W/\"a\""), head.headers("ETag"));
                assertFalse(head.hasHeader("Content-Length"));
                assertFalse(head.hasHeader("Accept-Ranges"));
                Response plain =
                        client.send(Gzips.get("").replace("GET", "HEAD")).responseHead();
                assertEquals("" + TEXT.length(), plain.header("Content-Length"));
                assertFalse(plain.hasHeader("Content-Encoding"));
                assertEquals(TEXT, Gzips.unzipped(client.send(Gzips.accepting()).response()));
            }
            server.awaitOpen(2);
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void a_status_without_a_body_says_nothing_of_gzip(String driver) {
        Origin origin = servers.closing(Origin.answering(
                "HTTP/1.1 204 No Content\r\nContent-Type: text/html\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n",
                Gzips.ok(TEXT)));
        TestServer server = servers.start(driver, Gzips.to(origin, "http.gzip.vary = on"));
        try (RawClient client = server.client()) {
            assertNull(client.send(Gzips.accepting()).response().header("Content-Encoding"));
            Response notModified = client.send(Gzips.accepting()).response();
            assertEquals(304, notModified.status());
            assertNull(notModified.header("Content-Encoding"));
            assertEquals("\"a\"", notModified.header("ETag"));
            assertEquals(TEXT, Gzips.unzipped(client.send(Gzips.accepting()).response()));
        }
    }

    @OnBothDrivers
    void text_html_is_always_compressed_and_other_types_when_they_are_named(String driver) {
        String css = "http.gzip.types = [\"text/css\", \"Application/JSON\"]";
        for (String type :
                new String[] {"text/html", "Text/HTML ; charset=utf-8", "text/css;x=y", "application/json"}) {
            assertEquals(TEXT, Gzips.unzipped(ask(driver, typed(type), css)), type);
        }
        for (String type : new String[] {"text/plain", "text/cssx", "text", "image/png", "text/htm", ""}) {
            assertPlain(ask(driver, typed(type), css));
        }
        assertPlain(ask(driver, untyped(), css));
        assertEquals(TEXT, Gzips.unzipped(ask(driver, untyped(), "http.gzip.types = [\"*\"]")));
        assertEquals(TEXT, Gzips.unzipped(ask(driver, typed("image/png"), "http.gzip.types = \"*\"")));
    }

    @OnBothDrivers
    void a_response_of_a_known_length_below_min_length_goes_as_it_is(String driver) {
        assertPlain(ask(driver, Gzips.ok("x".repeat(19)), ""));
        assertEquals("x".repeat(20), Gzips.unzipped(ask(driver, Gzips.ok("x".repeat(20)), "")));
        assertPlain(ask(driver, Gzips.ok("x".repeat(999)), "http.gzip.min-length = 1000"));
        assertEquals(
                "x".repeat(1000),
                Gzips.unzipped(ask(driver, Gzips.ok("x".repeat(1000)), "http.gzip.min-length = 1000")));
    }

    @OnBothDrivers
    void ranges_of_a_compressed_response_are_not_offered(String driver) {
        Response answer = ask(driver, Gzips.ok("Accept-Ranges: bytes\r\n", TEXT), "");
        assertEquals(TEXT, Gzips.unzipped(answer));
        assertFalse(answer.hasHeader("Accept-Ranges"));
        assertEquals(
                "bytes",
                plain(driver, Gzips.ok("Accept-Ranges: bytes\r\n", TEXT), "").header("Accept-Ranges"));
    }

    @OnBothDrivers
    void the_entity_tag_of_a_compressed_response_is_weak(String driver) {
        assertEquals(List.of("W/\"abc\""), ask(driver, tagged("\"abc\""), "").headers("ETag"));
        assertEquals(List.of("W/\"abc\""), ask(driver, tagged("W/\"abc\""), "").headers("ETag"));
        assertEquals(List.of(), ask(driver, tagged("abc"), "").headers("ETag"));
        assertEquals(List.of("\"abc\""), plain(driver, tagged("\"abc\""), "").headers("ETag"));
        assertEquals(List.of("abc"), plain(driver, tagged("abc"), "").headers("ETag"));
    }

    @OnBothDrivers
    void vary_is_said_to_everybody_once_and_where_others_are_said(String driver) {
        String on = "http.gzip.vary = on";
        assertEquals(List.of("Accept-Encoding"), ask(driver, Gzips.ok(TEXT), on).headers("Vary"));
        assertEquals(
                List.of("Accept-Encoding"), plain(driver, Gzips.ok(TEXT), on).headers("Vary"));
        assertEquals(List.of(), ask(driver, Gzips.ok(TEXT), "").headers("Vary"));
        assertEquals(List.of(), ask(driver, Gzips.ok("x"), on).headers("Vary"));
        assertEquals(List.of("Cookie, Accept-Encoding"), vary(driver, "Vary: Cookie\r\n"));
        assertEquals(
                List.of("Cookie, Origin, Accept-Encoding"), vary(driver, "Vary: Cookie\r\nX: y\r\nVary: Origin\r\n"));
        assertEquals(List.of("Cookie, accept-encoding"), vary(driver, "Vary: Cookie, accept-encoding\r\n"));
        assertEquals(List.of("Cookie", "Accept-Encoding"), vary(driver, "Vary: Cookie\r\nVary: Accept-Encoding\r\n"));
        assertEquals(List.of("*"), vary(driver, "Vary: *\r\n"));
        assertEquals(List.of("X-Accept-Encoding, Accept-Encoding"), vary(driver, "Vary: X-Accept-Encoding\r\n"));
        assertEquals(List.of("Accept-Encoding"), vary(driver, "Vary: \r\n"));
    }

    private List<String> vary(String driver, String headers) {
        return ask(driver, Gzips.ok(headers, TEXT), "http.gzip.vary = on").headers("Vary");
    }

    private static String status(int status) {
        return Gzips.ok(TEXT).replace("200 OK", status + " X");
    }

    private static String typed(String type) {
        return Gzips.ok(TEXT).replace("text/html", type);
    }

    private static String untyped() {
        return Gzips.ok(TEXT).replace("Content-Type: text/html\r\n", "");
    }

    private static String tagged(String tag) {
        return Gzips.ok("ETag: " + tag + "\r\n", TEXT);
    }

    private Response ask(String driver, String answer, String more) {
        return send(driver, answer, more, Gzips.accepting());
    }

    private Response plain(String driver, String answer, String more) {
        Response response = send(driver, answer, more, Gzips.get(""));
        assertPlain(response);
        return response;
    }

    private Response send(String driver, String answer, String more, String request) {
        try (Origin origin = Origin.answering(answer)) {
            TestServer server = servers.start(driver, Gzips.to(origin, more));
            try (RawClient client = server.client()) {
                return client.send(request).response();
            } finally {
                server.close();
            }
        }
    }

    private static void assertPlain(Response response) {
        assertNull(response.header("Content-Encoding"), response.head());
        assertEquals("" + response.text().length(), response.header("Content-Length"));
    }
}
