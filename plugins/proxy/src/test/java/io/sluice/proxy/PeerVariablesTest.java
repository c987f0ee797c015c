package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Steps;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the access log can say of the peers that were asked: one value for each, as nginx writes them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PeerVariablesTest {
    private static final String TIMES = "$upstream_connect_time/$upstream_header_time/$upstream_response_time";
    private static final String BYTES = "$upstream_bytes_sent/$upstream_bytes_received/$upstream_response_length";

    @TempDir
    private Path folder;

    private AccessLines log = new AccessLines(Path.of(""));

    @RegisterExtension
    final TestServers servers = Proxies.servers();

    @BeforeEach
    void logs() {
        log = new AccessLines(folder.resolve("access.log"));
    }

    private static String head(int status, String headers) {
        return "HTTP/1.1 " + status + " X\r\n" + headers + "Content-Length: 2\r\n\r\nok";
    }

    /** It takes the request, and never answers. */
    private static Origin reading() {
        return Origin.running(session -> {
            session.readRequest();
            session.hold();
        });
    }

    @OnBothDrivers
    void a_request_has_a_peer_and_its_status(String driver) {
        Origin origin = servers.closing(Origin.answering(head(404, "")));
        TestServer server =
                servers.start(driver, Proxies.with(log.setting("$status $upstream_addr $upstream_status"), origin));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/")).response();
        }
        assertEquals(List.of("404 " + origin.authority() + " 404"), log.await(1));
    }

    @OnBothDrivers
    void attempts_have_commas_between_them(String driver) {
        Origin silent = servers.closing(Origin.closingAfter(0, ""));
        Origin full = servers.closing(Origin.answering(head(503, "")));
        Origin good = servers.closing(Origin.answering(head(200, "")));
        String more = log.setting("$upstream_addr $upstream_status " + TIMES + " " + BYTES)
                + "http.proxy.next-upstream = [error, http-503]";
        TestServer server = servers.startWithHandClock(driver, Proxies.with(more, silent, full, good));
        String asked = Proxies.get("/");
        try (RawClient client = server.client()) {
            assertEquals(200, client.send(asked).response().status());
        }
        int sent = good.connection(0).received().length();
        int received = head(200, "").length();
        assertEquals(
                List.of(silent.authority() + ", " + full.authority() + ", " + good.authority() + " 502, 503, 200"
                        + " 0.000, 0.000, 0.000/-, 0.000, 0.000/0.000, 0.000, 0.000"
                        + " " + sent + ", " + sent + ", " + sent + "/0, " + received + ", " + received + "/0, 0, 2"),
                log.await(1));
    }

    @OnBothDrivers
    void times_are_seconds_since_the_attempt_began(String driver) {
        Steps steps = new Steps();
        Origin origin =
                servers.closing(Origin.stepping(steps, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", "ab", "cd"));
        TestServer server = servers.startWithHandClock(driver, Proxies.with(log.setting(TIMES + " " + BYTES), origin));
        int sent;
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/"));
            origin.awaitRequests(1);
            server.advance(Duration.ofMillis(1500));
            steps.allow();
            assertEquals(200, client.responseHead().status());
            server.advance(Duration.ofMillis(20));
            steps.allow();
            assertEquals("ab", client.read(2));
            server.advance(Duration.ofMillis(3));
            steps.allow();
            assertEquals("cd", client.read(2));
            sent = origin.connection(0).received().length();
        }
        int received = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n".length() + 4;
        assertEquals(List.of("0.000/1.500/1.523 " + sent + "/" + received + "/4"), log.await(1));
    }

    @OnBothDrivers
    void a_peer_that_cannot_be_reached_has_no_times(String driver) {
        Origin refusing = servers.closing(Origin.refusing());
        TestServer server = servers.startWithHandClock(
                driver,
                Proxies.with(log.setting("$status $upstream_addr $upstream_status " + TIMES + " " + BYTES), refusing));
        try (RawClient client = server.client()) {
            assertEquals(502, client.send(Proxies.get("/")).response().status());
        }
        assertEquals(List.of("502 " + refusing.authority() + " 502 -/-/0.000 0/0/0"), log.await(1));
    }

    @OnBothDrivers
    void a_peer_that_is_too_slow_is_a_504(String driver) {
        Origin stalling = servers.closing(reading());
        TestServer server = servers.startWithHandClock(
                driver, Proxies.with(log.setting("$status $upstream_status " + TIMES), stalling));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/"));
            stalling.awaitRequests(1);
            server.turn();
            server.advance(Duration.ofSeconds(60));
            assertEquals(504, client.response().status());
        }
        assertEquals(List.of("504 504 0.000/-/60.000"), log.await(1));
    }

    @OnBothDrivers
    void where_nobody_is_left_the_upstream_is_named(String driver) {
        TestServer server =
                servers.start(driver, """
                upstreams.backend.servers = [ { address = "127.0.0.1:1", down = on } ]
                http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", proxy.pass = "http://backend" } ] } ]
                """ + log.setting("$upstream_addr $upstream_status $upstream_connect_time"));
        try (RawClient client = server.client()) {
            assertEquals(502, client.send(Proxies.get("/")).response().status());
        }
        assertEquals(List.of("backend 502 -"), log.await(1));
    }

    @OnBothDrivers
    void who_goes_away_leaves_a_peer_without_a_status(String driver) {
        Origin stalling = servers.closing(reading());
        TestServer server =
                servers.start(driver, Proxies.with(log.setting("$status $upstream_addr $upstream_status"), stalling));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/"));
            stalling.awaitRequests(1);
            client.reset();
        }
        assertEquals(List.of("499 " + stalling.authority() + " -"), log.await(1));
    }

    @OnBothDrivers
    void a_kept_connection_is_there_at_once_and_counts_its_bytes_anew(String driver) {
        Origin origin = servers.closing(Origin.answering(head(200, "")));
        TestServer server = servers.startWithHandClock(
                driver, Proxies.with(log.setting("$upstream_connect_time $upstream_bytes_sent"), origin));
        int sent;
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/")).response();
            sent = origin.connection(0).received().length();
            client.send(Proxies.get("/")).response();
        }
        assertEquals(1, origin.accepted());
        assertEquals(List.of("0.000 " + sent, "0.000 " + sent), log.await(2));
    }

    /** The session stays with the client's connection: a request that no peer sees must not be told of the one before. */
    @OnBothDrivers
    void a_request_that_no_peer_sees_has_none(String driver) {
        Origin origin = servers.closing(Origin.answering(head(200, "X-One: 1\r\nSet-Cookie: app=a\r\n")));
        TestServer server = servers.start(
                driver,
                """
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  locations = [
                    { path = "/", proxy.pass = "http://%s" }
                    { path = "/own", return = 204 }
                  ]
                } ]
                """.formatted(origin.authority())
                        + log.setting(
                                "$upstream_addr $upstream_status $upstream_response_time [$upstream_http_x_one$upstream_cookie_app]"));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/")).response();
            client.send(Proxies.get("/own")).responseHead();
            client.send(Proxies.get("/")).response();
        }
        List<String> lines = log.await(3);
        assertEquals("- - - [--]", lines.get(1));
        assertEquals(
                origin.authority() + " 200",
                lines.get(2).substring(0, lines.get(2).indexOf(" 200") + 4));
        assertEquals("[1a]", lines.get(2).substring(lines.get(2).indexOf('[')));
    }

    @OnBothDrivers
    void where_a_request_is_passed_to_can_be_told(String driver) {
        Origin origin = servers.closing(Origin.mirroring());
        TestServer server = servers.start(driver, """
                upstreams.backend.servers = [ "%1$s" ]
                http.proxy.set-header = [
                  { name = X-Forwarded-For, value = "$proxy_add_x_forwarded_for" }
                  { name = X-To, value = "$proxy_host/$proxy_port" }
                ]
                http.servers = [ { listen = ["127.0.0.1:0"], locations = [
                  { path = "/", proxy.pass = "http://backend/x" }
                  { path = "/address", proxy.pass = "http://%1$s" }
                  { path = "/own", return { status = 200, text = "[$proxy_host$proxy_port]$proxy_add_x_forwarded_for" } }
                ] } ]
                """.formatted(origin.authority()));
        try (RawClient client = server.client()) {
            String first = client.send(Proxies.get("/")).response().text();
            assertTrue(first.contains("X-Forwarded-For: 127.0.0.1\r\nX-To: backend/80\r\n"), first);
            String forwarded = "Host: a\r\nX-Forwarded-For: 10.0.0.1, 10.0.0.2\r\nx-forwarded-for: 10.0.0.3\r\n\r\n";
            String second = client.send("GET /address HTTP/1.1\r\n" + forwarded)
                    .response()
                    .text();
            assertTrue(
                    second.contains("X-Forwarded-For: 10.0.0.1, 10.0.0.2, 10.0.0.3, 127.0.0.1\r\nX-To: "
                            + origin.authority() + "/" + origin.port() + "\r\n"),
                    second);
            assertEquals(
                    "[]127.0.0.1", client.send(Proxies.get("/own")).response().text());
        }
    }
}
