package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocationTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/", return { status = 200, text = "root" } }
                { path = "/a", return { status = 200, text = "a" } }
                { path = "/a/b/", return { status = 200, text = "ab" } }
                { path = "= /a/b/c", return { status = 200, text = "exact" } }
                { path = "/vars", return { status = 201, type = "text/x",
                  text = "$request_method|$uri|$args|$arg_q|$http_x_y|$host|$server_protocol|$scheme|$server_port|$remote_addr|$request_uri" } }
                { path = "/moved", return { status = 301, text = "http://$host/new$uri?$args" } }
                { path = "/found", return { status = 302, text = "/there" } }
                { path = "/temporary", return { status = 307, text = "/there" } }
                { path = "/bare", return = 403 }
                { path = "/none", return = 204 }
                { path = "/unchanged", return = 304 }
                { path = "/teapot", return { status = 418, text = "teapot" } }
                { path = "/nobody" }
              ]
            } ]
            """;

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin());

    @OnBothDrivers
    void the_exact_location_wins_then_the_longest_prefix(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            assertEquals("root", get(client, "/").text());
            assertEquals("root", get(client, "/b").text());
            assertEquals("a", get(client, "/a").text());
            assertEquals("a", get(client, "/abc").text());
            assertEquals("a", get(client, "/a/b").text());
            assertEquals("ab", get(client, "/a/b/").text());
            assertEquals("exact", get(client, "/a/b/c").text());
            assertEquals("ab", get(client, "/a/b/cd").text());
            assertEquals("ab", get(client, "/a/b/c/").text());
        }
    }

    @OnBothDrivers
    void the_normalised_path_chooses_the_location(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            assertEquals("exact", get(client, "/x/../a//b/./c?d=/e").text());
            assertEquals("exact", get(client, "/%61/b/%63").text());
            assertEquals("root", get(client, "/A/b/c").text());
        }
    }

    @OnBothDrivers
    void a_location_without_a_handler_and_a_path_without_a_location_are_404(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals(404, get(client, "/nobody").status());
            assertEquals("root", get(client, "/").text());
        }
        TestServer bare = servers.start(
                driver,
                "http.servers = [ { listen = [\"127.0.0.1:0\"], locations = [ { path = \"/a\", return = 200 } ] } ]");
        try (RawClient client = bare.client()) {
            Response answer = get(client, "/b");
            assertEquals(404, answer.status());
            assertEquals("text/html", answer.header("Content-Type"));
            assertTrue(answer.text().contains("404 Not Found"));
            assertEquals(200, get(client, "/a").status());
        }
    }

    @OnBothDrivers
    void a_text_may_hold_variables(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send("DELETE /vars/%41?q=1&r=2 HTTP/1.1\r\nHost: Example.org:81\r\nX-Y: v\r\n\r\n");
            Response answer = client.response();
            assertEquals(201, answer.status());
            assertEquals("text/x", answer.header("Content-Type"));
            assertEquals(
                    "DELETE|/vars/A|q=1&r=2|1|v|example.org|HTTP/1.1|http|" + server.port()
                            + "|127.0.0.1|/vars/%41?q=1&r=2",
                    answer.text());
            client.send("GET /vars HTTP/1.0\r\n\r\n");
            assertEquals(
                    "GET|/vars|||||HTTP/1.0|http|" + server.port() + "|127.0.0.1|/vars",
                    client.response().text());
        }
    }

    @OnBothDrivers
    void redirects_name_the_new_place(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            Response moved = get(client, "/moved/x?a=b");
            assertEquals(301, moved.status());
            assertEquals("http://a/new/moved/x?a=b", moved.header("Location"));
            assertEquals(302, get(client, "/found").status());
            assertEquals("/there", get(client, "/temporary").header("Location"));
        }
    }

    @OnBothDrivers
    void a_redirect_cannot_be_split_by_what_the_client_sends(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            client.send("GET /moved/%0d%0aX-Evil:%20y HTTP/1.1\r\nHost: a\r\n\r\n");
            Response answer = client.response();
            assertFalse(answer.hasHeader("X-Evil"));
            assertFalse(answer.head().contains("\nX-Evil"));
        }
    }

    @OnBothDrivers
    void a_status_alone_has_its_page(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            Response forbidden = get(client, "/bare");
            assertEquals("HTTP/1.1 403 Forbidden", forbidden.statusLine());
            assertTrue(forbidden.text().contains("403 Forbidden"));
            Response none = get(client, "/none");
            assertEquals(204, none.status());
            assertFalse(none.hasHeader("Content-Length"));
            assertFalse(none.hasHeader("Transfer-Encoding"));
            Response unchanged = get(client, "/unchanged");
            assertEquals(304, unchanged.status());
            assertFalse(unchanged.hasHeader("Transfer-Encoding"));
            assertEquals("teapot", get(client, "/teapot").text());
        }
    }

    @OnBothDrivers
    void head_is_answered_like_get_without_the_body(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            for (String path : new String[] {"/", "/moved", "/bare", "/nobody"}) {
                client.send(
                        "HEAD " + path + " HTTP/1.1\r\nHost: a\r\n\r\nGET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
                Response head = client.responseHead();
                Response get = client.response();
                assertEquals(get.status(), head.status());
                assertEquals(get.header("Content-Length"), head.header("Content-Length"));
                assertNotNull(head.header("Content-Length"));
            }
        }
    }

    @OnBothDrivers
    void each_answer_says_who_and_when(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            Response answer = get(client, "/");
            assertEquals("Sat, 21 Nov 2026 07:34:00 GMT", answer.header("Date"));
            assertEquals("sluice", answer.header("Server"));
            assertEquals("text/plain", answer.header("Content-Type"));
            server.advance(Duration.ofSeconds(61));
            assertEquals("Sat, 21 Nov 2026 07:35:01 GMT", get(client, "/").header("Date"));
        }
    }

    @OnBothDrivers
    void http_1_0_needs_no_host(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            client.send("GET /a HTTP/1.0\r\n\r\n");
            assertEquals("a", client.response().text());
        }
    }

    @OnBothDrivers
    void the_host_chooses_the_server_and_that_of_the_target_wins(String driver) {
        // Servers that share an address have to name its port.
        int port = FreePort.find();
        TestServer server = servers.start(driver, """
                http.servers = [
                  { listen = ["127.0.0.1:%1$d"], server-name = ["one.example"],
                    locations = [ { path = "/", return { status = 200, text = "one $server_name $host" } } ] }
                  { listen = ["127.0.0.1:%1$d"], server-name = ["two.example", "zwei.example"],
                    locations = [ { path = "/", return { status = 200, text = "two $server_name $host" } } ] }
                ]
                """.formatted(port));
        try (RawClient client = server.client()) {
            assertEquals(
                    "one one.example one.example",
                    get(client, "/", "one.example").text());
            assertEquals(
                    "two two.example two.example",
                    get(client, "/", "TWO.example:99").text());
            assertEquals(
                    "two two.example zwei.example",
                    get(client, "/", "zwei.example.").text());
            assertEquals("one one.example other", get(client, "/", "other").text());
            client.send("GET http://two.example/ HTTP/1.1\r\nHost: two.example\r\n\r\n");
            assertEquals("two two.example two.example", client.response().text());
            client.send("GET http://two.example?q HTTP/1.1\r\nHost: two.example\r\n\r\n");
            assertEquals("two two.example two.example", client.response().text());
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertEquals("one one.example one.example", client.response().text());
        }
    }

    @OnBothDrivers
    void options_asterisk_is_answered(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
            assertTrue(client.response().status() < 500);
            assertEquals("root", get(client, "/").text());
        }
    }

    private static Response get(RawClient client, String path) {
        return get(client, path, "a");
    }

    private static Response get(RawClient client, String path, String host) {
        return client.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                .response();
    }
}
