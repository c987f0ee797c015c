package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.http.HttpPlugin;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who has an answer already, or means another one, is told so. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NotModifiedTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", serve = on, if-modified-since = exact } ]
            } ]
            """;
    private static final String EARLIER = "Sun, 06 Nov 1994 08:49:36 GMT";
    private static final String SAME = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String LATER = "Sun, 06 Nov 1994 08:49:38 GMT";

    private final Serving serving = new Serving();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), serving);

    private RawClient client(String driver) {
        return servers.closing(servers.start(driver, CONF).client());
    }

    private RawClient client(String driver, String since) {
        return servers.closing(
                servers.start(driver, CONF.replace("exact", since)).client());
    }

    @OnBothDrivers
    void an_answer_the_client_has_is_not_sent_again(String driver) {
        RawClient client = client(driver);
        String unchanged = """
                HTTP/1.1 304 Not Modified
                Server: sluice
                Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT
                ETag: "tag"

                """;
        assertEquals(unchanged, Golden.get(client, "If-Modified-Since: " + SAME));
        assertEquals(unchanged, Golden.get(client, "If-None-Match: \"tag\""));
        assertEquals(unchanged, Golden.head(client, "If-None-Match: \"tag\""));
        // The connection goes on, and what was said of one answer does not count for the next.
        assertTrue(Golden.get(client).startsWith("HTTP/1.1 200 OK\n"));
    }

    @OnBothDrivers
    void dates_are_compared_exactly_unless_told_otherwise(String driver) {
        RawClient client = client(driver);
        assertEquals(200, status(client, "If-Modified-Since: " + EARLIER));
        assertEquals(304, status(client, "If-Modified-Since: " + SAME));
        assertEquals(304, status(client, "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT"));
        assertEquals(304, status(client, "If-Modified-Since: Sun Nov  6 08:49:37 1994"));
        assertEquals(200, status(client, "If-Modified-Since: " + LATER));
    }

    @OnBothDrivers
    void a_later_date_will_do_where_before_is_asked_for(String driver) {
        RawClient client = client(driver, "before");
        assertEquals(200, status(client, "If-Modified-Since: " + EARLIER));
        assertEquals(304, status(client, "If-Modified-Since: " + SAME));
        assertEquals(304, status(client, "If-Modified-Since: " + LATER));
    }

    @OnBothDrivers
    void dates_do_not_count_where_that_is_off_but_tags_do(String driver) {
        RawClient client = client(driver, "off");
        assertEquals(200, status(client, "If-Modified-Since: " + SAME));
        assertEquals(304, status(client, "If-None-Match: \"tag\""));
    }

    @OnBothDrivers
    void tags_the_client_has_are_compared_weakly(String driver) {
        RawClient client = client(driver);
        assertEquals(304, status(client, "If-None-Match: W/\"tag\""));
        assertEquals(304, status(client, "If-None-Match: \"a\", \"tag\" , \"b\""));
        assertEquals(304, status(client, "If-None-Match: *"));
        assertEquals(200, status(client, "If-None-Match: \"other\""));
        assertEquals(200, status(client, "If-None-Match: tag"));
        assertEquals(200, status(client, "If-None-Match:"));
    }

    @OnBothDrivers
    void an_answer_the_client_did_not_mean_is_refused(String driver) {
        RawClient client = client(driver);
        assertEquals("""
                HTTP/1.1 412 Precondition Failed
                Server: sluice
                Content-Type: text/html
                Content-Length: 102

                <!doctype html>
                <title>412 Precondition Failed</title>
                <h1>412 Precondition Failed</h1>
                <p>sluice</p>
                """, Golden.get(client, "If-Match: \"other\""));
        assertEquals(412, status(client, "If-Match: W/\"tag\""));
        assertEquals(412, status(client, "If-Match: tag"));
        assertEquals(412, status(client, "If-Match:"));
        assertEquals(200, status(client, "If-Match: \"tag\""));
        assertEquals(200, status(client, "If-Match: \"other\", \"tag\""));
        assertEquals(200, status(client, "If-Match: *"));
        assertEquals(412, status(client, "If-Unmodified-Since: " + EARLIER));
        assertEquals(200, status(client, "If-Unmodified-Since: " + SAME));
        assertEquals(200, status(client, "If-Unmodified-Since: " + LATER));
        String head = Golden.head(client, "If-Match: \"other\"");
        assertTrue(head.startsWith("HTTP/1.1 412 ") && head.endsWith("\n\n"), head);
    }

    @OnBothDrivers
    void a_value_that_is_no_date_does_not_count(String driver) {
        RawClient client = client(driver, "before");
        for (String noDate :
                new String[] {"", "0", "tomorrow", LATER + "; length=3", "Sun, 31 Feb 2094 08:49:37 GMT"}) {
            assertEquals(200, status(client, "If-Modified-Since: " + noDate), noDate);
            assertEquals(200, status(client, "If-Unmodified-Since: " + noDate), noDate);
        }
    }

    @OnBothDrivers
    void a_tag_says_more_than_a_date_and_a_refusal_comes_first(String driver) {
        RawClient client = client(driver);
        assertEquals(304, status(client, "If-None-Match: \"tag\"", "If-Modified-Since: " + EARLIER));
        assertEquals(200, status(client, "If-None-Match: \"other\"", "If-Modified-Since: " + SAME));
        assertEquals(200, status(client, "If-Match: \"tag\"", "If-Unmodified-Since: " + EARLIER));
        assertEquals(412, status(client, "If-Match: \"other\"", "If-None-Match: \"tag\""));
        assertEquals(304, status(client, "If-Match: \"tag\"", "If-None-Match: \"tag\""));
        // The whole is not needed, so neither is a part.
        assertEquals(304, status(client, "If-None-Match: \"tag\"", "Range: bytes=2-4"));
        assertEquals(412, status(client, "If-Match: \"other\"", "Range: bytes=99-"));
    }

    @OnBothDrivers
    void without_a_date_or_tag_of_its_own_an_answer_is_always_sent(String driver) {
        serving.answer = (request, _) -> request.respond(200, "x");
        RawClient client = client(driver);
        assertEquals(200, status(client, "If-Modified-Since: " + SAME));
        assertEquals(200, status(client, "If-None-Match: \"tag\""));
        assertEquals(200, status(client, "If-Unmodified-Since: " + EARLIER));
        assertEquals(412, status(client, "If-Match: \"tag\""));
        assertEquals(304, status(client, "If-None-Match: *"));
    }

    @OnBothDrivers
    void only_a_success_of_get_and_head_is_looked_at(String driver) {
        RawClient client = client(driver);
        assertEquals(
                200,
                Golden.ask(client, "POST", "Content-Length: 0", "If-None-Match: \"tag\"")
                        .response()
                        .status());
        serving.answer = (request, _) -> request.respond(201, "x");
        assertEquals(201, status(client, "If-None-Match: *"));
        serving.answer = (request, _) -> request.answer(404);
        assertEquals(404, status(client, "If-Match: \"other\""));
    }

    @OnBothDrivers
    void what_a_handler_has_weighed_itself_is_left_alone(String driver) {
        serving.answer = (request, _) -> {
            request.conditionsWeighed();
            return Serving.whole(request, "0123456789");
        };
        RawClient client = client(driver);
        assertEquals(200, status(client, "If-None-Match: \"tag\""));
        assertEquals(200, status(client, "If-Match: \"other\""));
    }

    @OnBothDrivers
    void a_body_that_is_not_wanted_any_more_is_thrown_away(String driver) {
        serving.answer = (request, _) -> {
            Serving.describe(request, 10);
            request.sendHeader();
            // As a handler does that does not ask whether its body is wanted.
            request.output(Serving.memory(request, "01234", false));
            return Serving.sent(request, Serving.memory(request, "56789", true));
        };
        RawClient client = client(driver);
        assertEquals(304, status(client, "If-None-Match: \"tag\""));
        assertEquals(412, status(client, "If-Match: \"other\""));
        assertTrue(Golden.get(client).endsWith("\n\n0123456789"));
    }

    private static int status(RawClient client, String... headers) {
        return Golden.ask(client, "GET", headers).response().status();
    }
}
