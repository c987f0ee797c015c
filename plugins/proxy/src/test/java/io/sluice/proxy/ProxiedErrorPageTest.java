package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Error pages that peers make. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProxiedErrorPageTest {
    @RegisterExtension
    final TestServers servers = Proxies.servers();

    private static String conf(Origin pages, Origin app) {
        return """
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  client-max-body-size = 10
                  error-page = [ { status = [400, 404, 405, 408, 413, 414, 431, 501, 502, 505], to = "/error?was=$request_method" } ]
                  locations = [
                    { path = "/error", proxy.pass = "http://%s" }
                    { path = "/app", proxy.pass = "http://%s" }
                  ]
                } ]
                """.formatted(pages.authority(), app.authority());
    }

    /** Says in its body what it was asked. */
    private Origin pages() {
        return servers.closing(Origin.mirroring());
    }

    @OnBothDrivers
    void requests_refused_before_they_have_a_location_get_a_page_of_a_peer(String driver) {
        Origin pages = pages();
        TestServer server = servers.start(driver, conf(pages, pages));
        Map<String, Integer> bad = new LinkedHashMap<>();
        bad.put("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505);
        bad.put("GET /../x HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        bad.put("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400);
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
        bad.put("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501);
        bad.put("GET / HTTP/1.1\r\n\r\n", 400);
        bad.put("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405);
        bad.put("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
        bad.put("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(9000) + "\r\n\r\n", 431);
        bad.put("POST /app HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n", 413);
        for (Map.Entry<String, Integer> each : bad.entrySet()) {
            String asked = each.getKey().substring(0, Math.min(40, each.getKey().length()));
            try (RawClient client = server.client()) {
                Response answer = client.send(each.getKey()).response();
                assertEquals(each.getValue(), answer.status(), asked);
                assertEquals("close", answer.header("Connection"), asked);
                String page = answer.text();
                assertTrue(page.startsWith("GET /error?was="), asked + ": " + page);
                assertTrue(page.endsWith("\r\n\r\n"), asked + ": " + page);
                assertFalse(page.contains("Transfer-Encoding") || page.contains("Content-Length"), page);
            }
        }
        server.close();
        assertEquals(
                0,
                server.log().count("a plugin failed"),
                () -> "" + server.log().lines());
    }

    @OnBothDrivers
    void a_path_without_a_location_gets_one_and_the_connection_goes_on(String driver) {
        Origin pages = pages();
        TestServer server = servers.start(driver, conf(pages, pages));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 2; i++) {
                Response missing = client.send(Proxies.get("/unknown")).response();
                assertEquals(404, missing.status());
                assertTrue(missing.text().startsWith("GET /error?was=GET HTTP/1.1\r\n"), missing.text());
                assertFalse(missing.hasHeader("Connection"));
            }
        }
    }

    @OnBothDrivers
    void a_head_that_takes_too_long_gets_one(String driver) {
        Origin pages = pages();
        TestServer server = servers.startWithHandClock(driver, conf(pages, pages));
        try (RawClient client = server.client()) {
            client.send("GET /app HTTP/1.1\r\nHo");
            server.awaitOpen(1);
            server.turn();
            server.advance(Duration.ofSeconds(61));
            Response late = client.response();
            assertEquals(408, late.status());
            assertTrue(late.text().startsWith("GET /error?was="), late.text());
        }
    }

    @OnBothDrivers
    void the_body_of_a_request_whose_peer_failed_is_not_sent_with_the_wish_for_its_page(String driver) {
        Origin pages = pages();
        Origin app = servers.closing(Origin.closingAfter(0, ""));
        TestServer server = servers.start(driver, conf(pages, app));
        for (String body : new String[] {
            "Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
        }) {
            try (RawClient client = server.client()) {
                Response answer =
                        client.send("POST /app HTTP/1.1\r\nHost: a\r\n" + body).response();
                assertEquals(502, answer.status());
                String page = answer.text();
                assertTrue(page.startsWith("GET /error?was="), page);
                assertFalse(
                        page.contains("hello") || page.contains("Content-Length") || page.contains("chunked"), page);
            }
        }
    }
}
