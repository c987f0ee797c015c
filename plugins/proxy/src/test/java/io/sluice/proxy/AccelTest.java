package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.server.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What peers say to the proxy and not to the client, beside where the content is. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccelTest {
    @RegisterExtension
    final AccelServers servers = new AccelServers();

    // ---- X-Accel-Limit-Rate

    @OnBothDrivers
    void a_peer_may_limit_the_rate_of_its_answer(String driver) {
        Origin peer = servers.closing(Origin.answering(
                "HTTP/1.1 200 OK\r\nX-Accel-Limit-Rate: 1000\r\nContent-Length: 3000\r\n\r\n" + "x".repeat(3000)));
        TestServer server = servers.startWithHandClock(driver, "", peer);
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
        TestServer server = servers.startWithHandClock(driver, "http.limit-rate = 10", peer);
        try (RawClient client = server.client()) {
            assertEquals(3000, client.send(Proxies.get("/")).response().body().length);
        }
    }

    @OnBothDrivers
    void a_rate_that_is_no_number_says_nothing(String driver) {
        for (String rate : new String[] {"", "10k", "-1", "1 0", "99999999999999999999"}) {
            assertEquals(
                    "body",
                    servers.answer(driver, "X-Accel-Limit-Rate: " + rate, "/").text(),
                    rate);
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
            Response answer = servers.answer(driver, headers, "/");
            assertEquals("[" + row[2] + "]", answer.headers("Content-Type").toString());
            assertFalse(answer.hasHeader("X-Accel-Charset"));
        }
        assertFalse(servers.answer(driver, "X-Accel-Charset: koi8-r", "/").hasHeader("Content-Type"));
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
            TestServer server = servers.start(driver, "", peer, peer);
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
        Response answer = servers.answer(
                driver,
                "X-Accel-Redirect: /content\r\nX-Accel-Charset: koi8-r\r\nContent-Type: text/html\r\n"
                        + "X-Accel-Limit-Rate: 1",
                "/strict");
        assertEquals("201 body", answer.status() + " " + answer.text());
        assertEquals("[text/html]", answer.headers("Content-Type").toString());
        assertFalse(answer.hasHeader("X-Accel-Redirect"));
    }
}
