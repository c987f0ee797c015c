package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a server says outside of its locations counts for requests that have not found one, or find none. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EarlyErrorTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              error-page = [
                { status = [400, 404, 405, 408, 413, 414, 431, 505], to = "/error?was=$request_method" }
                { status = 501, to = "http://elsewhere.example/" }
              ]
              add-header = [ { name = X-Server, value = here, always = on } ]
              client-max-body-size = 10
              locations = [
                { path = "/error", return { status = 200, text = "page of $status for $request_method $uri $args" } }
                { path = "/small", count-body = on, add-header = [] }
              ]
            } ]
            """;

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new BodyCounting());

    @OnBothDrivers
    void requests_that_are_refused_before_they_have_a_location_get_the_servers_page(String driver) {
        TestServer server = servers.start(driver, CONF);
        Map<String, Integer> bad = new LinkedHashMap<>();
        bad.put("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505);
        bad.put("GET /../x HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400);
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
        bad.put("GET / HTTP/1.1\r\n\r\n", 400);
        bad.put("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405);
        bad.put("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
        bad.put("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(9000) + "\r\n\r\n", 431);
        bad.put("POST /unknown HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n", 413);
        bad.put("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n", 413);
        for (Map.Entry<String, Integer> each : bad.entrySet()) {
            String asked = each.getKey().substring(0, Math.min(40, each.getKey().length()));
            try (RawClient client = server.client()) {
                Response answer = client.send(each.getKey()).response();
                assertEquals(each.getValue(), answer.status(), asked);
                String page = answer.text();
                assertTrue(page.startsWith("page of ") && page.contains(" for GET /error was="), asked + ": " + page);
                assertEquals("close", answer.header("Connection"), asked);
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        assertEquals(0, Counters.failures(server));
    }

    @OnBothDrivers
    void a_path_without_a_location_is_the_servers(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            for (int i = 0; i < 2; i++) {
                Response missing =
                        client.send("GET /unknown HTTP/1.1\r\nHost: a\r\n\r\n").response();
                assertEquals(404, missing.status());
                assertEquals(
                        "GET /error was=GET",
                        missing.text().substring(missing.text().indexOf("GET")));
                assertEquals("here", missing.header("X-Server"));
                assertNull(missing.header("Connection"));
            }
        }
    }

    @OnBothDrivers
    void who_asks_for_a_head_gets_no_body_however_bad_the_request_is(String driver) {
        TestServer server = servers.start(driver, "http.servers = [ { listen = [\"127.0.0.1:0\"] } ]");
        for (String bad : List.of(
                "HEAD /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "HEAD /a b HTTP/1.1\r\nHost: a\r\n\r\n",
                "HEAD /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n",
                "HEAD / HTTP/2.0\r\nHost: a\r\n\r\n",
                "\r\nHEAD * HTTP/1.1\r\nHost: a\r\n\r\n",
                "HEAD /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n")) {
            try (RawClient client = server.client()) {
                String answer = client.send(bad).readToEnd();
                String asked = bad.substring(0, Math.min(30, bad.length()));
                assertTrue(answer.startsWith("HTTP/1.1 4") || answer.startsWith("HTTP/1.1 505"), asked + ": " + answer);
                assertTrue(answer.endsWith("\r\n\r\n"), asked + ": " + answer);
            }
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void a_head_that_takes_too_long_gets_the_servers_page(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            client.send("GET /small HTTP/1.1\r\nHo");
            server.awaitOpen(1);
            server.advance(Duration.ofSeconds(61));
            assertEquals(408, client.response().status());
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void the_client_may_be_sent_elsewhere(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            Response away = client.send(
                            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")
                    .response();
            assertEquals(302, away.status());
            assertEquals("http://elsewhere.example/", away.header("Location"));
        }
    }

    @OnBothDrivers
    void a_server_without_pages_answers_with_the_short_one_and_its_own_headers(String driver) {
        TestServer server = servers.start(
                driver,
                "http.servers = [ { listen = [\"127.0.0.1:0\"], add-header = ["
                        + "{ name = X-Server, value = here, always = on } ] } ]");
        try (RawClient client = server.client()) {
            Response bad = client.send("G(T / HTTP/1.1\r\n\r\n").response();
            assertEquals(400, bad.status());
            assertEquals("here", bad.header("X-Server"));
        }
    }

    @OnBothDrivers
    void a_page_that_is_got_has_no_body_to_read_and_the_connection_goes_on(String driver) {
        TestServer server = servers.start(driver, """
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  error-page = [ { status = 404, to = "/reading" } ]
                  locations = [ { path = "/reading", count-body = on } ]
                } ]
                """);
        try (RawClient client = server.client()) {
            for (String body : new String[] {
                "Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
            }) {
                client.send("POST /unknown HTTP/1.1\r\nHost: a\r\n" + body);
                assertEquals("0 x", client.response().text());
                client.send("POST /reading HTTP/1.1\r\nHost: a\r\n" + body);
                assertEquals("5 ehlo", client.response().text());
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_page_with_a_name_that_reads_the_body_of_what_was_refused_finds_none(String driver) {
        TestServer server = servers.start(driver, """
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  error-page = [ { status = [400, 413, 501], to = "@reading" } ]
                  client-max-body-size = 10
                  locations = [ { path = "@reading", count-body = on }, { path = "/small", count-body = on } ]
                } ]
                """);
        Map<String, Integer> bad = new LinkedHashMap<>();
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nX Y: z\r\n\r\nhello", 400);
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400);
        bad.put("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", 400);
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n", 501);
        bad.put("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello", 413);
        bad.put("POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nx\r\n", 400);
        for (Map.Entry<String, Integer> each : bad.entrySet()) {
            try (RawClient client = server.client()) {
                Response answer = client.send(each.getKey()).response();
                assertEquals(each.getValue() + " 0 x", answer.status() + " " + answer.text(), each.getKey());
                client.awaitClosed();
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        assertEquals(0, Counters.failures(server));
    }
}
