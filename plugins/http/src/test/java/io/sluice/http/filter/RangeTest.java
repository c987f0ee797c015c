package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.http.HttpPlugin;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who asks for a part of an answer gets that part. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RangeTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", serve = on, max-ranges = 3 } ]
            } ]
            """;

    private static final String WHOLE = """
            HTTP/1.1 200 OK
            Server: sluice
            Content-Type: text/plain
            Content-Length: 10
            Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT
            ETag: "tag"
            Accept-Ranges: bytes

            0123456789""";

    private final Serving serving = new Serving();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), serving);

    private RawClient client(String driver) {
        return servers.closing(servers.start(driver, CONF).client());
    }

    @OnBothDrivers
    void an_answer_that_may_be_cut_says_so(String driver) {
        assertEquals(WHOLE, Golden.get(client(driver)));
    }

    @OnBothDrivers
    void one_range_is_sent_alone(String driver) {
        assertEquals("""
                HTTP/1.1 206 Partial Content
                Server: sluice
                Content-Type: text/plain
                Content-Length: 3
                Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT
                ETag: "tag"
                Content-Range: bytes 2-4/10

                234""", Golden.get(client(driver), "Range: bytes=2-4"));
    }

    @OnBothDrivers
    void a_range_may_be_open_or_count_from_the_end(String driver) {
        RawClient client = client(driver);
        assertEquals(
                "789", Golden.ask(client, "GET", "Range: bytes=7-").response().text());
        assertEquals(
                "89", Golden.ask(client, "GET", "Range: bytes=-2").response().text());
        assertEquals(
                "0123456789",
                Golden.ask(client, "GET", "Range: bytes=-20").response().text());
        assertEquals(
                "9", Golden.ask(client, "GET", "Range: bytes=9-100").response().text());
        // Something cut for one request is not cut for the next.
        assertEquals(WHOLE, Golden.get(client));
    }

    @OnBothDrivers
    void several_ranges_are_sent_as_parts_in_the_order_in_which_they_were_asked_for(String driver) {
        Response response =
                Golden.ask(client(driver), "GET", "Range: bytes=8-, 0-1,3-3").response();
        String boundary = response.header("Content-Type").replaceFirst("multipart/byteranges; boundary=", "");
        assertTrue(boundary.matches("[0-9]{20}"), boundary);
        assertEquals("""
                HTTP/1.1 206 Partial Content
                Server: sluice
                Content-Type: multipart/byteranges; boundary=BOUNDARY
                Content-Length: 282
                Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT
                ETag: "tag"


                --BOUNDARY
                Content-Type: text/plain
                Content-Range: bytes 8-9/10

                89
                --BOUNDARY
                Content-Type: text/plain
                Content-Range: bytes 0-1/10

                01
                --BOUNDARY
                Content-Type: text/plain
                Content-Range: bytes 3-3/10

                3
                --BOUNDARY--
                """, Golden.of(response).replace(boundary, "BOUNDARY"));
    }

    @OnBothDrivers
    void parts_of_a_body_without_a_type_have_none(String driver) {
        serving.answer = (request, _) -> {
            Serving.describe(request, 4);
            request.contentType(null);
            request.sendHeader();
            return Serving.sent(request, Serving.memory(request, "abcd", true));
        };
        String text = Golden.ask(client(driver), "GET", "Range: bytes=0-0,2-2")
                .response()
                .text();
        assertFalse(text.contains("Content-Type"), text);
        assertTrue(
                text.matches("(?s)\r\n--\\d+\r\nContent-Range: bytes 0-0/4\r\n\r\na\r\n--\\d+\r\n.*c\r\n--\\d+--\r\n"),
                text);
    }

    @OnBothDrivers
    void a_range_that_is_not_there_is_refused_with_the_length(String driver) {
        RawClient client = client(driver);
        assertEquals("""
                HTTP/1.1 416 Range Not Satisfiable
                Server: sluice
                Content-Type: text/html
                Content-Length: 106
                Content-Range: bytes */10

                <!doctype html>
                <title>416 Range Not Satisfiable</title>
                <h1>416 Range Not Satisfiable</h1>
                <p>sluice</p>
                """, Golden.get(client, "Range: bytes=10-"));
        assertEquals(WHOLE, Golden.get(client));
    }

    @OnBothDrivers
    void a_head_says_what_would_be_sent(String driver) {
        RawClient client = client(driver);
        String range = Golden.head(client, "Range: bytes=2-4");
        assertTrue(range.startsWith("HTTP/1.1 206 ") && range.contains("Content-Length: 3\n"), range);
        String parts = Golden.head(client, "Range: bytes=2-4,6-7");
        assertTrue(parts.contains("multipart/byteranges") && parts.contains("Content-Length: 199\n"), parts);
        String refused = Golden.head(client, "Range: bytes=10-");
        assertTrue(refused.startsWith("HTTP/1.1 416 ") && refused.contains("Content-Range: bytes */10\n"), refused);
        assertEquals(WHOLE, Golden.get(client));
    }

    @OnBothDrivers
    void who_asks_for_too_much_or_in_other_units_gets_all(String driver) {
        RawClient client = client(driver);
        assertEquals(WHOLE, Golden.get(client, "Range: bytes=0-0,1-1,2-2,3-3"));
        assertEquals(WHOLE, Golden.get(client, "Range: bytes=0-5,0-5"));
        assertEquals(WHOLE, Golden.get(client, "Range: items=0-5"));
        assertEquals(WHOLE, Golden.get(client, "Range: bytes"));
        assertEquals(WHOLE, Golden.get(client, "Range:"));
    }

    @OnBothDrivers
    void only_answers_to_get_and_head_are_cut(String driver) {
        RawClient client = client(driver);
        assertEquals(
                WHOLE,
                Golden.of(Golden.ask(client, "POST", "Content-Length: 0", "Range: bytes=2-4")
                        .response()));
    }

    @OnBothDrivers
    void a_part_of_an_older_body_is_no_use_so_all_is_sent(String driver) {
        RawClient client = client(driver);
        for (String same :
                new String[] {"\"tag\"", "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"}) {
            assertEquals(
                    "234",
                    Golden.ask(client, "GET", "Range: bytes=2-4", "If-Range: " + same)
                            .response()
                            .text());
        }
        String[] others = {
            "\"other\"",
            "W/\"tag\"",
            "\"tag",
            "*",
            "",
            "\"tag\", \"x\" x",
            "\"x\", \"tag\"",
            "\"tag\", \"x\"",
            "\"tag\"\"tag\"",
            "Sun, 06 Nov 1994 08:49:38 GMT",
            "yesterday"
        };
        for (String other : others) {
            assertEquals(WHOLE, Golden.get(client, "Range: bytes=2-4", "If-Range: " + other), other);
        }
        // Also where the range alone would be refused.
        assertEquals(WHOLE, Golden.get(client, "Range: bytes=99-", "If-Range: \"other\""));
    }

    @OnBothDrivers
    void a_weak_tag_never_vouches_for_bytes(String driver) {
        serving.answer = (request, _) -> {
            Serving.describe(request, 10);
            request.entityTag(new byte[] {'W', '/', '"', 'a', '"'});
            request.sendHeader();
            return Serving.sent(request, Serving.memory(request, "0123456789", true));
        };
        Response response = Golden.ask(client(driver), "GET", "Range: bytes=2-4", "If-Range: W/\"a\"")
                .response();
        assertEquals(200, response.status());
    }

    @OnBothDrivers
    void a_handler_that_allows_no_ranges_or_knows_no_length_is_not_cut(String driver) {
        serving.answer = (request, _) -> request.respond(200, "0123456789");
        RawClient client = client(driver);
        Response response = Golden.ask(client, "GET", "Range: bytes=2-4").response();
        assertEquals("200 0123456789 false", summary(response));
        serving.answer = (request, _) -> {
            Serving.describe(request, -1);
            request.sendHeader();
            return Serving.sent(request, Serving.memory(request, "0123456789", true));
        };
        assertEquals(
                "200 0123456789 false",
                summary(Golden.ask(client, "GET", "Range: bytes=2-4").response()));
        serving.answer = (request, _) -> {
            Serving.describe(request, 3);
            request.status(404);
            request.sendHeader();
            return Serving.sent(request, Serving.memory(request, "abc", true));
        };
        assertEquals(
                "404 abc false",
                summary(Golden.ask(client, "GET", "Range: bytes=2-4").response()));
    }

    private static String summary(Response response) {
        return response.status() + " " + response.text() + " " + response.hasHeader("Accept-Ranges");
    }

    @OnBothDrivers
    void ranges_can_be_switched_off(String driver) {
        RawClient client = servers.closing(servers.start(driver, CONF.replace("max-ranges = 3", "max-ranges = 0"))
                .client());
        assertEquals(
                "200 0123456789 false",
                summary(Golden.ask(client, "GET", "Range: bytes=2-4").response()));
    }
}
