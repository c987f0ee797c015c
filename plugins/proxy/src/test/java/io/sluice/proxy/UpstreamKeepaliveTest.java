package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a connection to a peer serves another request, and when it must not. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpstreamKeepaliveTest {
    @RegisterExtension
    final TestServers servers = Proxies.servers();

    @OnBothDrivers
    void one_connection_serves_the_requests_of_many_clients(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("a"), Proxies.ok("b")));
        TestServer server = servers.start(driver, Proxies.to(origin));
        for (int i = 0; i < 10; i++) {
            try (RawClient client = server.client()) {
                assertEquals(i == 0 ? "a" : "b", get(client).text());
            }
        }
        assertEquals(1, origin.accepted());
        assertEquals(10, origin.requests());
    }

    @OnBothDrivers
    void an_idle_connection_holds_a_slot_and_no_memory(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("a")));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            get(client);
            server.awaitOpen(2);
            server.assertNothingHeld();
        }
        server.awaitOpen(1);
    }

    @OnBothDrivers
    void not_after_connection_close(String driver) {
        secondConnectionAfter(driver, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: x, close\r\n\r\nok");
    }

    @OnBothDrivers
    void not_after_http_1_0(String driver) {
        secondConnectionAfter(driver, "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    @OnBothDrivers
    void not_after_more_than_the_content_length(String driver) {
        secondConnectionAfter(
                driver, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
    }

    @OnBothDrivers
    void not_after_more_than_the_last_chunk(String driver) {
        secondConnectionAfter(driver, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nx");
    }

    @OnBothDrivers
    void not_after_a_body_where_none_may_be(String driver) {
        for (String response : new String[] {
            "HTTP/1.1 204 No Content\r\n\r\nbody", "HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\nbody"
        }) {
            try (Origin origin = Origin.answering(response);
                    RawClient client = servers.start(driver, Proxies.to(origin)).client()) {
                get(client);
                get(client);
                assertEquals(2, origin.accepted(), response);
            }
        }
        try (Origin origin = Origin.answering(Proxies.ok("body"));
                RawClient client = servers.start(driver, Proxies.to(origin)).client()) {
            for (int i = 0; i < 2; i++) {
                client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertEquals(200, client.responseHead().status());
            }
            assertEquals(2, origin.accepted());
        }
    }

    @OnBothDrivers
    void bytes_that_come_while_it_is_idle_end_it(String driver) {
        Steps steps = new Steps();
        Origin origin = servers.closing(Origin.running(
                session -> {
                    session.readRequest();
                    session.send(Proxies.ok("ok"));
                    steps.next();
                    session.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
                    session.awaitClose();
                },
                Script.answering(Proxies.ok("true"))));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            assertEquals("ok", get(client).text());
            steps.allow();
            server.awaitOpen(1);
            assertEquals("true", get(client).text());
        }
    }

    @OnBothDrivers
    void a_connection_that_the_peer_closed_while_idle_is_given_up(String driver) {
        Origin origin = servers.closing(
                Origin.running(Script.closingAfter(1000, Proxies.ok("one")), Script.answering(Proxies.ok("two"))));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            assertEquals("one", get(client).text());
            server.awaitOpen(1);
            assertEquals("two", get(client).text());
        }
    }

    @OnBothDrivers
    void idle_ones_end_when_their_time_is_up(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("a")));
        TestServer server = servers.startWithHandClock(
                driver, Proxies.with("upstreams.backend.keepalive.timeout = 5s\nhttp.keepalive-timeout = 1h", origin));
        try (RawClient client = server.client()) {
            get(client);
            server.awaitOpen(2);
            server.advance(Duration.ofMillis(4000));
            get(client);
            assertEquals(1, origin.accepted());
            server.advance(Duration.ofMillis(5001));
            server.awaitOpen(1);
            get(client);
            assertEquals(2, origin.accepted());
        }
    }

    @OnBothDrivers
    void no_more_are_kept_than_allowed_and_the_one_unused_for_longest_goes(String driver) {
        Steps steps = new Steps();
        Script held = session -> {
            while (session.nextRequest() != null) {
                steps.next();
                session.send(Proxies.ok("n" + session.number()));
            }
        };
        Origin origin = servers.closing(Origin.running(held));
        TestServer server = servers.start(driver, Proxies.with("upstreams.backend.keepalive.connections = 2", origin));
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
            server.awaitOpen(3 + 2);
            origin.awaitOpen(2);
        }
    }

    @OnBothDrivers
    void keepalive_connections_0_keeps_none(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("a")));
        TestServer server = servers.start(driver, Proxies.with("upstreams.backend.keepalive.connections = 0", origin));
        try (RawClient client = server.client()) {
            get(client);
            get(client);
            assertEquals(2, origin.accepted());
            server.awaitOpen(1);
        }
    }

    @OnBothDrivers
    void a_connection_ends_after_as_many_requests_as_allowed(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("a")));
        TestServer server = servers.start(driver, Proxies.with("upstreams.backend.keepalive.requests = 2", origin));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 5; i++) {
                get(client);
            }
            assertEquals(3, origin.accepted());
        }
    }

    @OnBothDrivers
    void quit_closes_idle_connections_to_peers(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("a")));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            get(client);
            origin.awaitOpen(1);
            server.server().quit();
            client.awaitClosed();
            origin.awaitOpen(0);
        }
    }

    private void secondConnectionAfter(String driver, String response) {
        Origin origin = servers.closing(Origin.running(session -> {
            session.readRequest();
            session.send(response);
            session.awaitClose();
        }));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            for (int i = 1; i <= 3; i++) {
                Response answer = get(client);
                assertEquals("ok", answer.text());
                assertEquals(i, origin.accepted());
            }
            server.awaitOpen(1);
            server.assertNothingHeld();
        }
    }

    private static Response get(RawClient client) {
        return client.send(Proxies.get("/")).response();
    }
}
