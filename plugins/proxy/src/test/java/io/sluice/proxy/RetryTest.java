package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which requests are given to another peer, and which never are. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetryTest {
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";

    @RegisterExtension
    final TestServers servers = Proxies.servers();

    private final Origin good = Origin.mirroring();

    @OnBothDrivers
    void a_post_that_was_sent_is_not_repeated(String driver) {
        Origin bad = servers.closing(Origin.closingAfter(0, ""));
        try (RawClient client = start(driver, "", bad, good).client()) {
            assertEquals(502, client.send(POST).response().status());
            assertEquals(1, bad.requests());
            assertEquals(0, good.requests());
        }
    }

    @OnBothDrivers
    void a_post_that_was_sent_is_repeated_if_the_user_says_so(String driver) {
        Origin bad = servers.closing(Origin.closingAfter(0, ""));
        String settings = "http.proxy.next-upstream = [error, timeout, non-idempotent]";
        try (RawClient client = start(driver, settings, bad, good).client()) {
            Response answer = client.send(POST).response();
            assertEquals(200, answer.status());
            assertTrue(answer.text().endsWith("\r\n\r\nabc"), answer.text());
        }
    }

    @OnBothDrivers
    void a_post_whose_connect_was_refused_is_repeated(String driver) {
        Origin bad = servers.closing(Origin.refusing());
        try (RawClient client = start(driver, "", bad, good).client()) {
            Response answer = client.send(POST).response();
            assertEquals(200, answer.status());
            assertTrue(answer.text().endsWith("\r\n\r\nabc"), answer.text());
        }
    }

    @OnBothDrivers
    void a_post_is_not_repeated_on_a_stale_kept_connection_either(String driver) {
        Origin origin = servers.closing(Origin.running(
                session -> {
                    session.readRequest();
                    session.send(Proxies.ok("one"));
                    session.readRequest();
                },
                Script.answering(Proxies.ok("two"))));
        try (RawClient client = start(driver, "", origin).client()) {
            assertEquals("one", client.send(Proxies.get("/")).response().text());
            assertEquals(502, client.send(POST).response().status());
            assertEquals("two", client.send(POST).response().text());
        }
    }

    @OnBothDrivers
    void a_get_on_a_stale_kept_connection_is_repeated_though_there_is_one_peer_only(String driver) {
        Origin origin = servers.closing(Origin.running(
                session -> {
                    session.readRequest();
                    session.send(Proxies.ok("one"));
                    session.readRequest();
                },
                Script.answering(Proxies.ok("two"))));
        TestServer server = start(driver, "", origin);
        try (RawClient client = server.client()) {
            assertEquals("one", client.send(Proxies.get("/")).response().text());
            assertEquals("two", client.send(Proxies.get("/")).response().text());
            assertEquals(2, origin.accepted());
            server.awaitOpen(2);
        }
    }

    @OnBothDrivers
    void several_stale_kept_connections_are_all_passed_over(String driver) {
        Steps steps = new Steps();
        Script held = session -> {
            session.readRequest();
            steps.next();
            session.send(Proxies.ok("held"));
            session.readRequest();
        };
        Origin origin = servers.closing(Origin.running(held, held, held, Script.answering(Proxies.ok("fresh"))));
        TestServer server = start(driver, "", origin);
        try (RawClient a = server.client();
                RawClient b = server.client();
                RawClient c = server.client()) {
            a.send(Proxies.get("/"));
            b.send(Proxies.get("/"));
            c.send(Proxies.get("/"));
            steps.awaitReached(3);
            steps.allow(3);
            a.response();
            b.response();
            c.response();
            server.awaitOpen(6);
            assertEquals("fresh", a.send(Proxies.get("/")).response().text());
        }
    }

    @OnBothDrivers
    void methods_that_are_safe_to_repeat_are_repeated(String driver) {
        for (String method : new String[] {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"}) {
            try (Origin bad = Origin.closingAfter(0, "");
                    Origin well = Origin.answering(Proxies.ok(""));
                    TestServer server = servers.start(driver, Proxies.to(bad, well));
                    RawClient client = server.client()) {
                client.send(method + " / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertEquals(200, client.responseHead().status(), method);
            }
        }
        servers.closing(good);
    }

    @OnBothDrivers
    void methods_that_are_not_safe_are_not(String driver) {
        for (String method : new String[] {"POST", "PATCH", "LOCK", "FANCY"}) {
            try (Origin bad = Origin.closingAfter(0, "");
                    Origin well = Origin.answering(Proxies.ok(""));
                    TestServer server = servers.start(driver, Proxies.to(bad, well));
                    RawClient client = server.client()) {
                client.send(method + " / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertEquals(502, client.response().status(), method);
            }
        }
        servers.closing(good);
    }

    @OnBothDrivers
    void a_body_that_was_partly_sent_and_is_still_here_is_repeated(String driver) {
        Origin bad = servers.closing(Origin.running(session -> {
            session.readHead();
            session.readBody(2);
            session.reset();
        }));
        TestServer server = start(driver, "", bad, good);
        try (RawClient client = server.client()) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
            bad.awaitOpen(0);
            bad.awaitRequests(1);
            client.send("cde");
            Response answer = client.response();
            assertEquals(200, answer.status());
            assertTrue(answer.text().endsWith("\r\n\r\nabcde"), answer.text());
        }
    }

    @OnBothDrivers
    void a_body_that_is_gone_cannot_be_repeated(String driver) {
        Origin bad = servers.closing(Origin.running(session -> {
            session.readHead();
            session.readBody(800_000);
            session.reset();
        }));
        TestServer server = start(driver, "http.client-max-body-size = 0", bad, good);
        try (RawClient client = server.client()) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
            client.offer(new byte[900_000]);
            byte[] piece = new byte[10_000];
            Await.until("the peer has reset", () -> {
                try {
                    client.offer(piece);
                } catch (AssertionError closed) {
                    return true;
                }
                return bad.accepted() == 1 && bad.open() == 0;
            });
            client.awaitEnding();
            assertEquals(0, good.requests());
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void off_repeats_nothing(String driver) {
        Origin bad = servers.closing(Origin.refusing());
        try (RawClient client =
                start(driver, "http.proxy.next-upstream = [off]", bad, good).client()) {
            assertEquals(502, client.send(Proxies.get("/")).response().status());
            assertEquals(200, client.send(Proxies.get("/")).response().status());
        }
    }

    @OnBothDrivers
    void a_status_is_a_condition_only_when_it_is_named(String driver) {
        Origin bad =
                servers.closing(Origin.answering("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 3\r\n\r\nbad"));
        TestServer server = start(driver, "", bad, good);
        try (RawClient client = server.client()) {
            Response answer = client.send(Proxies.get("/")).response();
            assertEquals(503, answer.status());
            assertEquals("bad", answer.text());
        }
    }

    @OnBothDrivers
    void a_named_status_goes_to_the_next_peer_and_the_last_ones_is_passed_on(String driver) {
        for (int status : new int[] {500, 502, 503, 504, 403, 404, 429}) {
            String response = "HTTP/1.1 " + status + " x\r\nContent-Length: 3\r\n\r\nbad";
            String settings = "http.proxy.next-upstream = [http-" + status + "]";
            try (Origin bad = Origin.answering(response);
                    Origin well = Origin.answering(Proxies.ok("well"));
                    TestServer server = servers.start(driver, Proxies.with(settings, bad, well));
                    RawClient client = server.client()) {
                assertEquals("well", client.send(Proxies.get("/")).response().text());
            }
            try (Origin bad = Origin.answering(response);
                    Origin worse = Origin.answering(response);
                    TestServer server = servers.start(driver, Proxies.with(settings, bad, worse));
                    RawClient client = server.client()) {
                Response answer = client.send(Proxies.get("/")).response();
                assertEquals(status, answer.status());
                assertEquals("bad", answer.text());
                assertEquals(1, bad.requests());
                assertEquals(1, worse.requests());
            }
        }
        servers.closing(good);
    }

    @OnBothDrivers
    void invalid_header_is_a_condition_of_its_own(String driver) {
        for (boolean named : new boolean[] {false, true}) {
            String settings = named ? "http.proxy.next-upstream = [invalid-header]" : "";
            try (Origin bad = Origin.answering("nonsense\r\n\r\n");
                    Origin well = Origin.answering(Proxies.ok("well"));
                    TestServer server = servers.start(driver, Proxies.with(settings, bad, well));
                    RawClient client = server.client()) {
                assertEquals(
                        named ? 200 : 502,
                        client.send(Proxies.get("/")).response().status());
            }
        }
        servers.closing(good);
    }

    @OnBothDrivers
    void no_more_peers_are_tried_than_allowed(String driver) {
        Origin a = servers.closing(Origin.closingAfter(0, ""));
        Origin b = servers.closing(Origin.closingAfter(0, ""));
        TestServer server = start(driver, "http.proxy.next-upstream-tries = 2", a, b, good);
        try (RawClient client = server.client()) {
            assertEquals(502, client.send(Proxies.get("/")).response().status());
            assertEquals(1, a.requests());
            assertEquals(1, b.requests());
            assertEquals(0, good.requests());
        }
    }

    @OnBothDrivers
    void no_further_peer_is_tried_when_the_time_is_up(String driver) {
        servers.closing(good);
        Origin slow = servers.closing(Origin.stalling());
        TestServer server = servers.startWithHandClock(
                driver,
                Proxies.with("http.proxy.next-upstream-timeout = 5s\nhttp.proxy.read-timeout = 10s", slow, good));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/"));
            slow.connection(0).awaitReceived("\r\n\r\n");
            server.advance(Duration.ofMillis(10_400));
            assertEquals(504, client.response().status());
            assertEquals(0, good.requests());
        }
    }

    private TestServer start(String driver, String settings, Origin... origins) {
        servers.closing(good);
        return servers.start(driver, Proxies.with(settings, origins));
    }
}
