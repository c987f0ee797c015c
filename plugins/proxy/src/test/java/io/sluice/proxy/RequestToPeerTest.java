package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a peer gets of what a client asks. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RequestToPeerTest {
    @RegisterExtension
    final TestServers servers = Proxies.servers();

    private final Origin origin = Origin.mirroring();

    @OnBothDrivers
    void the_line_and_the_headers_are_passed_on_but_those_of_one_hop(String driver) {
        String seen = through(driver, "", """
                GET /a/%2e/b%20c?d=%zz&e HTTP/1.1
                Host: client.example
                X-One: 1
                Connection: keep-alive, X-Hop
                Keep-Alive: timeout=5
                X-Hop: gone
                Proxy-Connection: keep-alive
                TE: trailers
                Upgrade: websocket
                User-Agent: raw
                X-One: 2
                Accept:

                """);
        assertEquals("""
                GET /a/%2e/b%20c?d=%zz&e HTTP/1.1
                Host: backend
                X-One: 1
                User-Agent: raw
                X-One: 2
                Accept:
                """, lines(seen));
    }

    @OnBothDrivers
    void a_request_of_http_1_0_becomes_one_of_http_1_1(String driver) {
        String seen = through(driver, "", """
                GET / HTTP/1.0
                X: y

                """);
        assertEquals("""
                GET / HTTP/1.1
                Host: backend
                X: y
                """, lines(seen));
    }

    @OnBothDrivers
    void an_absolute_target_becomes_a_path(String driver) {
        String seen = through(driver, "", """
                GET http://client.example?a=b HTTP/1.1
                Host: client.example

                """);
        assertEquals("""
                GET /?a=b HTTP/1.1
                Host: backend
                """, lines(seen));
    }

    @OnBothDrivers
    void headers_are_set_with_variables_in_the_place_of_the_clients(String driver) {
        String settings = """
                http.proxy.set-header = [
                  { name = Host, value = "$http_host" }
                  { name = X-Real-IP, value = "$remote_addr" }
                  { name = X-Uri, value = "$uri?$args" }
                  { name = X-Fixed, value = "fixed" }
                  { name = X-Empty, value = "$http_none" }
                  { name = User-Agent, value = "" }
                ]
                """;
        String seen = through(driver, settings, """
                GET /a%20b?c HTTP/1.1
                Host: client.example:81
                X-Real-IP: 1.2.3.4
                x-fixed: forged
                User-Agent: raw
                X-Empty: forged
                X-Kept: kept

                """);
        List<String> lines = lines(seen).lines().toList();
        assertEquals("GET /a%20b?c HTTP/1.1", lines.getFirst());
        assertEquals(
                List.of(
                        "Host: client.example:81",
                        "X-Fixed: fixed",
                        "X-Kept: kept",
                        "X-Real-IP: 127.0.0.1",
                        "X-Uri: /a b?c"),
                lines.stream().skip(1).sorted().toList());
    }

    @OnBothDrivers
    void a_path_of_proxy_pass_takes_the_place_of_the_locations(String driver) {
        String conf = """
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [
                    { path = "/app/", proxy.pass = "http://%1$s/base/" }
                    { path = "/root/", proxy.pass = "http://%1$s/" }
                    { path = "/asis/", proxy.pass = "http://%1$s" }
                  ]
                } ]
                """.formatted(origin.authority());
        servers.closing(origin);
        TestServer server = servers.start(driver, conf);
        try (RawClient client = server.client()) {
            assertEquals("GET /base/x/y?z=1 HTTP/1.1", line(client, "/app/x/y?z=1"));
            assertEquals("GET /base/ HTTP/1.1", line(client, "/app/"));
            assertEquals("GET /base/b%20c%3F%23%25 HTTP/1.1", line(client, "/app/a/../b%20c%3F%23%25"));
            assertEquals("GET /x HTTP/1.1", line(client, "/root/x"));
            assertEquals("GET /asis/a/../asis/b%20c HTTP/1.1", line(client, "/asis/a/../asis/b%20c"));
        }
    }

    @OnBothDrivers
    void an_address_that_is_no_upstream_is_its_own_host(String driver) {
        String conf = """
                http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", proxy.pass = "http://%s" } ] } ]
                """.formatted(origin.authority());
        servers.closing(origin);
        try (RawClient client = servers.start(driver, conf).client()) {
            String seen = client.send(Proxies.get("/")).response().text();
            assertTrue(seen.contains("\r\nHost: " + origin.authority() + "\r\n"), seen);
        }
    }

    @OnBothDrivers
    void a_body_of_known_length_is_passed_on(String driver) {
        servers.closing(origin);
        try (RawClient client = servers.start(driver, Proxies.with("http.client-max-body-size = 0", origin))
                .client()) {
            for (int length : new int[] {0, 1, 1000, 5000, 70_000, 700_000}) {
                String body = body(length);
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n" + body);
                Response answer = client.response();
                assertTrue(answer.text().contains("\r\nContent-Length: " + length + "\r\n"), "length " + length);
                assertFalse(answer.text().contains("Transfer-Encoding"));
                assertEquals(body, afterHead(answer.text()));
            }
        }
    }

    @OnBothDrivers
    void a_chunked_body_is_passed_on_in_chunks(String driver) {
        servers.closing(origin);
        try (RawClient client = servers.start(driver, Proxies.with("http.client-max-body-size = 0", origin))
                .client()) {
            for (int chunk : new int[] {1, 100, 3000, 40_000}) {
                String chunks = (Integer.toHexString(chunk) + "\r\n" + "y".repeat(chunk) + "\r\n").repeat(12);
                client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
                        + "0\r\nX: t\r\n\r\n");
                Response answer = client.response();
                assertTrue(answer.text().contains("\r\nTransfer-Encoding: chunked\r\n"), answer.text());
                assertFalse(answer.text().contains("Content-Length"));
                assertEquals("y".repeat(12 * chunk), unchunked(afterHead(answer.text())));
            }
        }
    }

    @OnBothDrivers
    void bodies_in_single_bytes_are_passed_on(String driver) {
        servers.closing(origin);
        try (RawClient client = servers.start(driver, Proxies.to(origin)).client()) {
            client.sendInPieces(
                    "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n123456789"
                            + "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
                            + Proxies.get("/next"),
                    1);
            assertEquals("123456789", afterHead(client.response().text()));
            assertEquals("abc", unchunked(afterHead(client.response().text())));
            assertTrue(client.response().text().startsWith("GET /next "));
        }
    }

    @OnBothDrivers
    void expect_is_answered_here_and_not_passed_on(String driver) {
        servers.closing(origin);
        try (RawClient client = servers.start(driver, Proxies.to(origin)).client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertEquals(100, client.response().status());
            client.send("abc");
            String seen = client.response().text();
            assertEquals("abc", afterHead(seen));
            assertFalse(seen.contains("Expect"));
        }
    }

    @OnBothDrivers
    void a_variable_cannot_bring_a_line_into_the_request(String driver) {
        servers.closing(origin);
        String conf = Proxies.with("http.proxy.set-header = [ { name = X-Path, value = \"$uri\" } ]", origin);
        try (RawClient client = servers.start(driver, conf).client()) {
            client.send("GET /a%0d%0aX-Evil:%20y HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals(400, client.response().status());
            assertEquals(0, origin.requests());
        }
    }

    @OnBothDrivers
    void a_decoded_line_end_in_a_path_is_escaped_again(String driver) {
        servers.closing(origin);
        String conf = """
                http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", proxy.pass = "http://%s/x/" } ] } ]
                """.formatted(origin.authority());
        try (RawClient client = servers.start(driver, conf).client()) {
            client.send("GET /a%0d%0aX-Evil:%20y HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals(
                    "GET /x/a%0D%0AX-Evil:%20y HTTP/1.1",
                    client.response().text().lines().findFirst().orElse(""));
        }
    }

    private String line(RawClient client, String path) {
        return client.send(Proxies.get(path))
                .response()
                .text()
                .lines()
                .findFirst()
                .orElse("");
    }

    private String through(String driver, String settings, String request) {
        servers.closing(origin);
        try (RawClient client =
                servers.start(driver, Proxies.with(settings, origin)).client()) {
            Response answer = client.sendLines(request).response();
            assertEquals(200, answer.status());
            return answer.text();
        }
    }

    private static String lines(String seen) {
        assertTrue(seen.endsWith("\r\n\r\n"), seen);
        return seen.substring(0, seen.length() - 2).replace("\r\n", "\n").replace(": \n", ":\n");
    }

    private static String afterHead(String message) {
        return message.substring(message.indexOf("\r\n\r\n") + 4);
    }

    private static String unchunked(String body) {
        StringBuilder data = new StringBuilder();
        int at = 0;
        while (true) {
            int end = body.indexOf("\r\n", at);
            int size = Integer.parseInt(body.substring(at, end), 16);
            if (size == 0) {
                return data.toString();
            }
            data.append(body, end + 2, end + 2 + size);
            at = end + 2 + size + 2;
        }
    }

    private static String body(int length) {
        StringBuilder body = new StringBuilder(length + 8);
        for (int i = 0; body.length() < length; i++) {
            body.append(i).append(' ');
        }
        return body.substring(0, length);
    }
}
