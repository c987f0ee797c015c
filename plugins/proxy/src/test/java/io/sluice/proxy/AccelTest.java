package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Constant;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.http.HttpBinder;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What peers say to the proxy and not to the client. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccelTest {
    /** Answers with the method and the target, and says nothing of a type. */
    private static final class Untyped implements Plugin {
        @Override
        public String id() {
            return "untyped";
        }

        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder).content("untyped", _ -> _ -> Untyped::told);
        }

        private static Outcome told(HttpRequest request) {
            request.respond(200, null, Constant.of(new byte[] {'t', 'o', 'l', 'd'}));
            return Outcome.DONE;
        }
    }

    @RegisterExtension
    final TestServers servers = Proxies.servers(new Untyped());

    /** A peer at /, and who may have the content. */
    private TestServer server(String driver, String more, Origin peer, Origin other) {
        return servers.start(driver, conf(more, peer, other));
    }

    private static String conf(String more, Origin peer, Origin other) {
        return """
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [
                    { path = "/", proxy.pass = "http://%1$s" }
                    { path = "/strict", proxy { pass = "http://%1$s", ignore-headers = [
                      x-accel-redirect, x-accel-limit-rate, x-accel-charset, x-accel-buffering, x-accel-expires ] } }
                    { path = "/content", return { status = 200, text = "content $request_uri $uri $args" } }
                    { path = "/untyped", untyped {} }
                    { path = "/other", proxy.pass = "http://%2$s" }
                    { path = "@named", proxy.pass = "http://%2$s" }
                    { path = "/gone", return = 404 }
                  ]
                } ]
                %3$s
                """.formatted(peer.authority(), other.authority(), more);
    }

    private Origin telling(String headers) {
        return servers.closing(
                Origin.answering("HTTP/1.1 201 Created\r\n" + headers + "\r\nContent-Length: 4\r\n\r\nbody"));
    }

    private Response answer(String driver, String headers, String path) {
        Origin other = servers.closing(Origin.mirroring());
        RawClient client =
                servers.closing(server(driver, "", telling(headers), other).client());
        return client.send(Proxies.get(path)).response();
    }

    // ---- X-Accel-Redirect

    @OnBothDrivers
    void a_redirect_is_answered_by_another_location(String driver) {
        Origin other = servers.closing(Origin.mirroring());
        Origin peer = telling("X-Accel-Redirect: /content/a%20b?c=d\r\nX-Own: 1");
        TestServer server = server(driver, "", peer, other);
        try (RawClient client = server.client()) {
            for (int i = 0; i < 3; i++) {
                Response answer = client.send(Proxies.get("/x?y")).response();
                assertEquals("200 content /x?y /content/a b c=d", answer.status() + " " + answer.text());
                assertFalse(answer.hasHeader("X-Own"));
                assertFalse(answer.hasHeader("X-Accel-Redirect"));
            }
        }
        // All of the answer had come: its connection served the next request.
        assertEquals(1, peer.accepted());
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void what_is_about_any_content_is_taken_along(String driver) {
        Response answer = answer(
                driver,
                "X-Accel-Redirect: /untyped\r\nContent-Type: text/peers\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
                        + "Content-Disposition: attachment\r\nCache-Control: private\r\nExpires: 0\r\n"
                        + "Accept-Ranges: none\r\nETag: \"peers\"\r\nX-Own: 1\r\nLast-Modified: x",
                "/");
        assertEquals("200 told", answer.status() + " " + answer.text());
        assertEquals("[text/peers]", answer.headers("Content-Type").toString());
        assertEquals("[a=1, b=2]", answer.headers("Set-Cookie").toString());
        assertEquals("attachment", answer.header("Content-Disposition"));
        assertEquals("private", answer.header("Cache-Control"));
        assertEquals("0", answer.header("Expires"));
        assertEquals("none", answer.header("Accept-Ranges"));
        for (String gone : new String[] {"ETag", "X-Own", "Last-Modified"}) {
            assertFalse(answer.hasHeader(gone), gone);
        }
    }

    @OnBothDrivers
    void content_that_has_a_type_keeps_its_own(String driver) {
        Response answer = answer(driver, "X-Accel-Redirect: /content\r\nContent-Type: text/peers", "/");
        assertEquals("[text/plain]", answer.headers("Content-Type").toString());
    }

    @OnBothDrivers
    void another_peer_gets_a_get_without_the_body_and_its_type_counts(String driver) {
        Origin other = servers.closing(
                Origin.answering("HTTP/1.1 200 OK\r\nContent-Type: text/other\r\nContent-Length: 2\r\n\r\nok"));
        Origin peer = telling("X-Accel-Redirect: /other?q\r\nContent-Type: text/peers");
        TestServer server = server(driver, "", peer, other);
        try (RawClient client = server.client()) {
            for (int i = 0; i < 2; i++) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
                Response answer = client.response();
                assertEquals("200 ok", answer.status() + " " + answer.text());
                assertEquals("[text/other]", answer.headers("Content-Type").toString());
            }
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals(200, client.responseHead().status());
        }
        assertTrue(peer.connection(0).received().contains("hello"));
        String asked = other.connection(0).received();
        assertTrue(asked.startsWith("GET /other?q HTTP/1.1\r\n"), asked);
        assertTrue(asked.contains("HEAD /other?q HTTP/1.1\r\n"), asked);
        assertFalse(asked.contains("Content-Length"), asked);
        assertFalse(asked.contains("hello"), asked);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_named_location_gets_the_request_as_it_is_with_its_body(String driver) {
        Origin other = servers.closing(Origin.mirroring());
        for (String body : new String[] {
            "Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
        }) {
            TestServer server = server(driver, "", telling("X-Accel-Redirect: @named"), other);
            try (RawClient client = server.client()) {
                for (int i = 0; i < 2; i++) {
                    String seen = client.send("POST /p HTTP/1.1\r\nHost: a\r\n" + body)
                            .response()
                            .text();
                    assertTrue(seen.startsWith("POST /p HTTP/1.1\r\n"), seen);
                    assertTrue(seen.contains("hello"), seen);
                }
            }
            server.assertNothingHeld();
        }
    }

    @OnBothDrivers
    void a_body_that_is_gone_cannot_go_elsewhere(String driver) {
        Origin other = servers.closing(Origin.mirroring());
        TestServer server = server(
                driver,
                "http.proxy.busy-buffer-size = 1k, http.client-max-body-size = 1m",
                telling("X-Accel-Redirect: @named"),
                other);
        try (RawClient client = server.client()) {
            client.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n" + "x".repeat(5000));
            assertEquals(502, client.response().status());
            client.send(Proxies.get("/content"));
            assertEquals(200, client.response().status());
        }
        assertEquals(0, other.accepted());
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_redirect_that_leads_nowhere_is_404(String driver) {
        for (String nowhere : new String[] {
            "/../etc/passwd",
            "/a/%2e%2e/b",
            "/.",
            "relative",
            "http://elsewhere/",
            "?q",
            "/%zz",
            "/%2",
            "/%00",
            "/x?a b",
            "/%"
        }) {
            assertEquals(
                    404, answer(driver, "X-Accel-Redirect: " + nowhere, "/").status(), nowhere);
        }
        assertEquals(500, answer(driver, "X-Accel-Redirect: @nobody", "/").status());
    }

    @OnBothDrivers
    void a_peer_that_sends_back_and_forth_is_stopped(String driver) {
        assertEquals(500, answer(driver, "X-Accel-Redirect: /", "/").status());
    }

    @OnBothDrivers
    void the_first_of_two_counts(String driver) {
        Response answer = answer(driver, "X-Accel-Redirect: /untyped\r\nX-Accel-Redirect: /gone", "/");
        assertEquals(200, answer.status());
    }

    @OnBothDrivers
    void an_answer_whose_body_is_still_to_come_is_let_go(String driver) {
        Steps steps = new Steps();
        Origin peer = servers.closing(Origin.stepping(
                steps, "HTTP/1.1 200 OK\r\nX-Accel-Redirect: /untyped\r\nContent-Length: 100000\r\n\r\nbegin"));
        steps.allow(1);
        TestServer server = server(driver, "", peer, peer);
        try (RawClient client = server.client()) {
            assertEquals("told", client.send(Proxies.get("/")).response().text());
        }
        peer.awaitOpen(0);
        server.assertNothingHeld();
    }

    // ---- X-Accel-Limit-Rate

    @OnBothDrivers
    void a_peer_may_limit_the_rate_of_its_answer(String driver) {
        Origin peer = servers.closing(Origin.answering(
                "HTTP/1.1 200 OK\r\nX-Accel-Limit-Rate: 1000\r\nContent-Length: 3000\r\n\r\n" + "x".repeat(3000)));
        TestServer server = servers.startWithHandClock(driver, conf("", peer, peer));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/"));
            String head = client.readUntil("\r\n\r\n");
            client.readBytes(1000 - head.length());
            server.advance(Duration.ofMillis(999));
            assertTrue(client.isSilent());
            server.advance(Duration.ofMillis(1));
            client.readBytes(1000);
            server.turn();
            assertTrue(client.isSilent());
            server.advance(Duration.ofSeconds(1));
            server.advance(Duration.ofSeconds(1));
            client.readBytes(1000 + head.length());
            assertEquals(3000, client.send(Proxies.get("/strict")).response().body().length);
        }
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_peer_may_take_the_limit_of_its_location_off(String driver) {
        Origin peer = servers.closing(Origin.answering(
                "HTTP/1.1 200 OK\r\nX-Accel-Limit-Rate: 0\r\nContent-Length: 3000\r\n\r\n" + "x".repeat(3000)));
        TestServer server = servers.startWithHandClock(driver, conf("http.limit-rate = 10", peer, peer));
        try (RawClient client = server.client()) {
            assertEquals(3000, client.send(Proxies.get("/")).response().body().length);
        }
    }

    @OnBothDrivers
    void a_rate_that_is_no_number_says_nothing(String driver) {
        for (String rate : new String[] {"", "10k", "-1", "1 0", "99999999999999999999"}) {
            assertEquals(
                    "body", answer(driver, "X-Accel-Limit-Rate: " + rate, "/").text(), rate);
        }
    }

    // ---- the others

    @OnBothDrivers
    void a_peer_may_name_the_charset_of_its_answer(String driver) {
        for (String[] row : new String[][] {
            {"text/html", "koi8-r", "text/html; charset=koi8-r"},
            {"text/html; charset=utf-8", "koi8-r", "text/html; charset=koi8-r"},
            {"text/html;level=1 ; Charset=\"utf-8\"", "koi8-r", "text/html;level=1; charset=koi8-r"},
            {"text/html", "koi8 r", "text/html"},
            {"text/html", "", "text/html"}
        }) {
            String headers = "Content-Type: " + row[0] + "\r\nX-Accel-Charset: " + row[1];
            Response answer = answer(driver, headers, "/");
            assertEquals("[" + row[2] + "]", answer.headers("Content-Type").toString());
            assertFalse(answer.hasHeader("X-Accel-Charset"));
        }
        assertFalse(answer(driver, "X-Accel-Charset: koi8-r", "/").hasHeader("Content-Type"));
    }

    @OnBothDrivers
    void what_a_peer_sends_goes_on_at_once_whatever_it_says_of_buffering(String driver) {
        for (String buffering : new String[] {"yes", "no"}) {
            Steps steps = new Steps();
            Origin peer = servers.closing(Origin.stepping(
                    steps,
                    "HTTP/1.1 200 OK\r\nX-Accel-Buffering: " + buffering
                            + "\r\nX-Accel-Expires: 10\r\nContent-Length: 10\r\n\r\nfirst",
                    "other"));
            TestServer server = server(driver, "", peer, peer);
            try (RawClient client = server.client()) {
                client.send(Proxies.get("/"));
                steps.allow(1);
                String head = client.readUntil("\r\n\r\n");
                assertFalse(head.contains("X-Accel"), head);
                assertEquals("first", client.readUntil("first"));
                steps.allow(1);
                assertEquals("other", client.readUntil("other"));
            }
        }
    }

    @OnBothDrivers
    void each_can_be_ignored(String driver) {
        Response answer = answer(
                driver,
                "X-Accel-Redirect: /content\r\nX-Accel-Charset: koi8-r\r\nContent-Type: text/html\r\n"
                        + "X-Accel-Limit-Rate: 1",
                "/strict");
        assertEquals("201 body", answer.status() + " " + answer.text());
        assertEquals("[text/html]", answer.headers("Content-Type").toString());
        assertFalse(answer.hasHeader("X-Accel-Redirect"));
    }
}
