package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.server.TestServer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A peer says where the content is, in the place of sending it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccelRedirectTest {
    @RegisterExtension
    final AccelServers servers = new AccelServers();

    @OnBothDrivers
    void a_redirect_is_answered_by_another_location(String driver) {
        Origin other = servers.closing(Origin.mirroring());
        Origin peer = servers.telling("X-Accel-Redirect: /content/a%20b?c=d\r\nX-Own: 1");
        TestServer server = servers.start(driver, "", peer, other);
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
        Response answer = servers.answer(
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
        Response answer = servers.answer(driver, "X-Accel-Redirect: /content\r\nContent-Type: text/peers", "/");
        assertEquals("[text/plain]", answer.headers("Content-Type").toString());
    }

    @OnBothDrivers
    void another_peer_gets_a_get_without_the_body_and_its_type_counts(String driver) {
        Origin other = servers.closing(
                Origin.answering("HTTP/1.1 200 OK\r\nContent-Type: text/other\r\nContent-Length: 2\r\n\r\nok"));
        Origin peer = servers.telling("X-Accel-Redirect: /other?q\r\nContent-Type: text/peers");
        TestServer server = servers.start(driver, "", peer, other);
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
            TestServer server = servers.start(driver, "", servers.telling("X-Accel-Redirect: @named"), other);
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
        TestServer server = servers.start(
                driver,
                "http.proxy.busy-buffer-size = 1k, http.client-max-body-size = 1m",
                servers.telling("X-Accel-Redirect: @named"),
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
                    404,
                    servers.answer(driver, "X-Accel-Redirect: " + nowhere, "/").status(),
                    nowhere);
        }
        assertEquals(
                500, servers.answer(driver, "X-Accel-Redirect: @nobody", "/").status());
    }

    @OnBothDrivers
    void a_peer_that_sends_back_and_forth_is_stopped(String driver) {
        assertEquals(500, servers.answer(driver, "X-Accel-Redirect: /", "/").status());
    }

    @OnBothDrivers
    void the_first_of_two_counts(String driver) {
        Response answer = servers.answer(driver, "X-Accel-Redirect: /untyped\r\nX-Accel-Redirect: /gone", "/");
        assertEquals(200, answer.status());
    }

    @OnBothDrivers
    void an_answer_whose_body_is_still_to_come_is_let_go(String driver) {
        Steps steps = new Steps();
        Origin peer = servers.closing(Origin.stepping(
                steps, "HTTP/1.1 200 OK\r\nX-Accel-Redirect: /untyped\r\nContent-Length: 100000\r\n\r\nbegin"));
        steps.allow(1);
        TestServer server = servers.start(driver, "", peer, peer);
        try (RawClient client = server.client()) {
            assertEquals("told", client.send(Proxies.get("/")).response().text());
        }
        peer.awaitOpen(0);
        server.assertNothingHeld();
    }
}
