package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.event.WorkerStatus;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a peer's head says is asked for when its bytes are gone: by trailers, by the access log, and where the request went on elsewhere. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnswerVariablesLateTest {
    private static final String VALUES = "[$upstream_http_x_one][$upstream_cookie_app]";

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

    private Origin answering(int status, String headers) {
        return servers.closing(Origin.answering(head(status, headers)));
    }

    private TestServer start(String driver, String more, Origin... origins) {
        return servers.start(driver, Proxies.with(more + log.setting(VALUES), origins));
    }

    @OnBothDrivers
    void a_trailer_and_the_log_have_them_when_the_body_lies_where_the_head_was(String driver) {
        String chunk = "3e8\r\n" + "x".repeat(1000) + "\r\n";
        Origin origin = servers.closing(Origin.answeringInPieces(
                1500,
                "HTTP/1.1 200 OK\r\nX-One: 1\r\nSet-Cookie: app=a\r\nX-One: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunk.repeat(5) + "0\r\n\r\n"));
        String trailer = "http.add-trailer = [ { name = X-Trailer, value = \"" + VALUES + "\" } ]\n";
        TestServer server = start(driver, trailer, origin);
        try (RawClient client = server.client()) {
            Response response = client.send(Proxies.get("/")).response();
            assertEquals(5000, response.body().length);
            assertEquals("[1, 2][a]", response.trailers().first("X-Trailer"));
        }
        assertEquals(List.of("[1, 2][a]"), log.await(1));
    }

    /** The small buffer of the head serves for a body of its size too. */
    @OnBothDrivers
    void the_body_that_takes_the_heads_place_is_not_shown(String driver) {
        Origin origin = servers.closing(Origin.answeringInPieces(
                50, "HTTP/1.1 200 OK\r\nX-One: 1\r\nContent-Length: 3000\r\n\r\n" + "y".repeat(3000)));
        TestServer server = start(driver, "", origin);
        try (RawClient client = server.client()) {
            assertEquals(3000, client.send(Proxies.get("/")).response().body().length);
        }
        assertEquals(List.of("[1][-]"), log.await(1));
    }

    @OnBothDrivers
    void each_request_of_a_client_has_its_own(String driver) {
        Origin origin = servers.closing(Origin.answering(
                head(200, "X-One: a long value of the first\r\n"), head(200, ""), head(200, "Set-Cookie: app=3\r\n")));
        TestServer server = start(driver, "", origin);
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/").repeat(3));
            for (int i = 0; i < 3; i++) {
                client.response();
            }
        }
        assertEquals(List.of("[a long value of the first][-]", "[-][-]", "[-][3]"), log.await(3));
    }

    @OnBothDrivers
    void of_several_peers_it_is_the_last_one_that_was_asked(String driver) {
        Origin full = answering(503, "X-One: first\r\nSet-Cookie: app=first\r\n");
        Origin good = answering(200, "X-One: second\r\n");
        TestServer server = start(driver, "http.proxy.next-upstream = [error, http-503]\n", full, good);
        try (RawClient client = server.client()) {
            assertEquals(200, client.send(Proxies.get("/")).response().status());
        }
        assertEquals(List.of("[second][-]"), log.await(1));
    }

    @OnBothDrivers
    void a_last_one_that_says_nothing_has_none(String driver) {
        Origin full = answering(503, "X-One: first\r\nSet-Cookie: app=first\r\n");
        Origin silent = servers.closing(Origin.closingAfter(0, ""));
        TestServer server = start(driver, "http.proxy.next-upstream = [error, http-503]\n", full, silent);
        try (RawClient client = server.client()) {
            assertEquals(502, client.send(Proxies.get("/")).response().status());
        }
        assertEquals(List.of("[-][-]"), log.await(1));
    }

    private static String places(Origin first, Origin second) {
        return """
                http.servers = [ {
                  listen = ["127.0.0.1:0"]
                  add-header = [ { name = X-Values, value = "[$upstream_http_x_one][$upstream_cookie_app]", always = on } ]
                  locations = [
                    { path = "/", proxy.pass = "http://%1$s" }
                    { path = "/own", return = 200 }
                    { path = "/other", proxy.pass = "http://%2$s" }
                    { path = "/page", proxy.pass = "http://%1$s", error-page = [ { status = 502, to = "/other" } ] }
                  ]
                } ]
                """.formatted(first.authority(), second.authority());
    }

    @OnBothDrivers
    void content_of_our_own_that_a_peer_sent_the_client_to_has_those_of_the_peer(String driver) {
        Origin telling = answering(200, "X-Accel-Redirect: /own\r\nX-One: told\r\nSet-Cookie: app=a\r\n");
        TestServer server = servers.start(driver, places(telling, telling) + log.setting(VALUES + " $upstream_status"));
        try (RawClient client = server.client()) {
            Response response = client.send(Proxies.get("/")).response();
            assertEquals("[told][a]", response.header("X-Values"));
        }
        assertEquals(List.of("[told][a] 200"), log.await(1));
    }

    @OnBothDrivers
    void of_two_peers_by_a_redirect_the_second_counts_and_a_colon_stands_between_them(String driver) {
        Origin telling = answering(200, "X-Accel-Redirect: /other\r\nX-One: told\r\nSet-Cookie: app=a\r\n");
        Origin other = answering(201, "X-One: other\r\n");
        TestServer server = servers.start(
                driver, places(telling, other) + log.setting(VALUES + " $upstream_addr $upstream_status"));
        try (RawClient client = server.client()) {
            Response response = client.send(Proxies.get("/")).response();
            assertEquals("[other][]", response.header("X-Values"));
        }
        assertEquals(
                List.of("[other][-] " + telling.authority() + " : " + other.authority() + " 200 : 201"), log.await(1));
    }

    @OnBothDrivers
    void an_error_page_of_another_peer_has_that_ones(String driver) {
        Origin silent = servers.closing(Origin.closingAfter(0, ""));
        Origin other = answering(200, "X-One: page\r\n");
        TestServer server =
                servers.start(driver, places(silent, other) + log.setting(VALUES + " $upstream_addr $upstream_status"));
        try (RawClient client = server.client()) {
            Response response = client.send(Proxies.get("/page")).response();
            assertEquals("502 [page][]", response.status() + " " + response.header("X-Values"));
        }
        assertEquals(
                List.of("[page][-] " + silent.authority() + " : " + other.authority() + " 502 : 200"), log.await(1));
    }

    @OnBothDrivers
    void a_head_full_of_what_is_wanted_is_kept_whole(String driver) {
        String value = "v".repeat(3000);
        Origin origin = answering(200, "Set-Cookie: app=" + value + "\r\n");
        TestServer server = servers.start(
                driver, Proxies.with(log.setting("$upstream_http_set_cookie|$upstream_cookie_app"), origin));
        try (RawClient client = server.client()) {
            client.send(Proxies.get("/")).response();
        }
        String line = log.await(1).getFirst();
        assertTrue(line.equals("app=" + value + "|" + value), line);
    }

    @OnBothDrivers
    void a_request_whose_peer_says_nothing_has_not_those_of_the_one_before(String driver) {
        Origin origin = servers.closing(Origin.running(
                session -> {
                    session.readRequest();
                    session.send(head(200, "X-One: first\r\nSet-Cookie: app=first\r\nConnection: close\r\n"));
                },
                session -> session.readRequest()));
        TestServer server = start(driver, "", origin);
        try (RawClient client = server.client()) {
            assertEquals(200, client.send(Proxies.get("/")).response().status());
            assertEquals(502, client.send(Proxies.get("/")).response().status());
        }
        assertEquals(List.of("[first][first]", "[-][-]"), log.await(2));
    }

    /** A cookie's bytes may be wanted twice; where nothing is wanted nothing is reserved. */
    @OnBothDrivers
    void what_may_be_kept_is_reserved(String driver) {
        long without = reserved(driver, "$upstream_addr");
        assertEquals(without + 2 * 4096, reserved(driver, VALUES));
    }

    private long reserved(String driver, String format) {
        Origin holding = servers.closing(Origin.running(session -> {
            session.readRequest();
            session.hold();
        }));
        TestServer server = servers.start(driver, Proxies.with(log.setting(format), holding));
        RawClient client = servers.closing(server.client());
        client.send(Proxies.get("/"));
        holding.awaitRequests(1);
        return server.sum(WorkerStatus::reservedBytes);
    }
}
