package io.sluice.sticky;

import static io.sluice.sticky.Sticky.ask;
import static io.sluice.sticky.Sticky.get;
import static io.sluice.sticky.Sticky.server;
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
import io.sluice.testkit.wire.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions of an application that knows nothing of us. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LearnOnTheWireTest {
    private static final String COOKIES = "create = \"$upstream_cookie_app\", lookup = \"$cookie_app\"";

    @RegisterExtension
    final TestServers servers = Sticky.servers();

    /** Begins the session that {@code ?begin=} names, and answers with its own name and a body of some length. */
    private Origin application(String name) {
        return servers.closing(Origin.running(session -> {
            for (Message request = session.nextRequest(); request != null; request = session.nextRequest()) {
                String line = request.startLine();
                int begin = line.indexOf("begin=");
                String id = begin < 0 ? "" : line.substring(begin + 6, line.indexOf(' ', begin));
                session.send(Sticky.ok(id.isEmpty() ? "" : "Set-Cookie: app=" + id + "; Path=/; HttpOnly\r\n", name));
            }
        }));
    }

    private static String text(RawClient client, String target, String headers) {
        Response response = client.send(get(target, headers)).response();
        assertEquals(200, response.status());
        return response.text();
    }

    private static String session(String id) {
        return "Cookie: x=1; app=" + id + "; y=2\r\n";
    }

    private TestServer start(String driver, String learn, String more, String... terms) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < terms.length; i++) {
            elements.add(server(application(String.valueOf((char) ('a' + i))), terms[i]));
        }
        String conf = Sticky.conf("{ learn { " + learn + " } }", more, elements.toArray(String[]::new));
        return servers.startWithHandClock(driver, conf);
    }

    @OnBothDrivers
    void a_session_stays_where_it_began(String driver) {
        TestServer server = start(driver, COOKIES, "", "", "", "");
        try (RawClient client = server.client();
                RawClient other = server.client()) {
            for (String id : List.of("one", "two", "three", "four")) {
                String peer = text(client, "/?begin=" + id, "");
                for (int i = 0; i < 10; i++) {
                    assertEquals(peer, text(other, "/", session(id)));
                }
            }
        }
    }

    @OnBothDrivers
    void a_session_is_forgotten_when_it_is_unused_for_the_timeout(String driver) {
        TestServer server = start(driver, COOKIES + ", timeout = 30s", "", "", "weight = 100");
        try (RawClient client = server.client()) {
            assertEquals("b", text(client, "/", ""));
            String peer = null;
            for (int i = 0; i < 100 && !"a".equals(peer); i++) {
                peer = text(client, "/?begin=one", "");
            }
            assertEquals("a", peer, "the session is at the one who is hardly ever chosen");
            for (int i = 0; i < 3; i++) {
                server.advance(Duration.ofSeconds(29));
                assertEquals("a", text(client, "/", session("one")));
            }
            server.advance(Duration.ofSeconds(30));
            assertEquals("b", text(client, "/", session("one")));
        }
    }

    @OnBothDrivers
    void a_full_table_forgets_the_oldest_and_says_so_once_a_second(String driver) {
        TestServer server = start(driver, COOKIES + ", keys = 2", "", "weight = 100", "");
        try (RawClient client = server.client()) {
            String peer = null;
            for (int i = 0; i < 101 && !"b".equals(peer); i++) {
                peer = text(client, "/?begin=rare", "");
            }
            assertEquals("b", peer);
            text(client, "/?begin=second", "");
            assertEquals("b", text(client, "/", session("rare")));
            text(client, "/?begin=third", "");
            assertEquals("b", text(client, "/", session("rare")), "it was used last");
            text(client, "/?begin=fourth", "");
            text(client, "/?begin=fifth", "");
            assertEquals("a", text(client, "/", session("rare")), "it is forgotten");
        }
        server.turn();
        assertEquals(1, warnings(server));
    }

    private static long warnings(TestServer server) {
        Await.until("a warning", () -> server.log().has("the table of sessions of backend is full"));
        return server.log().count("the table of sessions of backend is full");
    }

    @OnBothDrivers
    void a_session_that_begins_anew_elsewhere_is_there_from_then_on(String driver) {
        Origin first = application("first");
        Origin second = application("second");
        TestServer server =
                servers.startWithHandClock(driver, Sticky.conf("{ learn { " + COOKIES + " } }", "", first, second));
        try (RawClient client = server.client()) {
            assertEquals("first", text(client, "/?begin=id", ""));
            assertEquals("first", text(client, "/", session("id")));
            first.down();
            assertEquals("second", text(client, "/", session("id")), "only for now: nobody has said otherwise");
            assertEquals("second", text(client, "/?begin=id", session("id")));
            first.up();
            server.advance(Duration.ofSeconds(11));
            for (int i = 0; i < 4; i++) {
                assertEquals("second", text(client, "/", session("id")));
            }
        }
    }

    @OnBothDrivers
    void two_workers_know_the_same_sessions(String driver) {
        TestServer server = start(driver, COOKIES, "workers = 2", "", "", "");
        String peer;
        try (RawClient client = server.client()) {
            peer = text(client, "/?begin=id", "");
        }
        for (int i = 0; i < 20; i++) {
            try (RawClient client = server.client()) {
                assertEquals(peer, text(client, "/", session("id")));
            }
        }
    }

    @OnBothDrivers
    void the_first_text_that_says_something_counts_on_both_ways(String driver) {
        Origin a = servers.closing(Origin.answering(Sticky.ok("X-App: id\r\n", "a")));
        Origin b = servers.closing(Origin.answering(Sticky.ok("", "b")));
        TestServer server = servers.start(
                driver,
                Sticky.conf(
                        "{ learn { create = [\"$upstream_cookie_app\", \"$upstream_http_x_app\"],"
                                + " lookup = [\"$cookie_app\", \"$arg_app\"] } }",
                        "",
                        a,
                        b));
        try (RawClient client = server.client()) {
            assertEquals("a", text(client, "/", ""));
            for (int i = 0; i < 4; i++) {
                assertEquals("a", text(client, "/?app=id", ""));
                assertEquals("a", text(client, "/?app=other", session("id")));
            }
        }
    }

    @OnBothDrivers
    void it_is_remembered_when_the_answer_is_whole_or_with_the_head_if_that_is_wanted(String driver) {
        for (String header : List.of("off", "on")) {
            Steps steps = new Steps();
            Script slow = session -> {
                session.readRequest();
                session.send("HTTP/1.1 200 OK\r\nSet-Cookie: app=id\r\nContent-Length: 4\r\n\r\nsl");
                steps.next();
                session.send("ow");
            };
            Origin first = servers.closing(Origin.running(slow, Script.answering(Sticky.ok("", "first"))));
            Origin second = servers.closing(Sticky.answering("second"));
            TestServer server = servers.start(
                    driver,
                    Sticky.conf(
                            "{ learn { " + COOKIES + ", header = " + header + " } }",
                            "http.postpone-output = 0",
                            first,
                            second));
            try (RawClient client = server.client();
                    RawClient other = server.client()) {
                client.send(get(""));
                assertEquals(200, client.responseHead().status());
                String early = header.equals("on") ? "first" : "second";
                assertEquals(early, text(other, "/", session("id")));
                steps.allow();
                assertEquals("slow", client.read(4));
                for (int i = 0; i < 3; i++) {
                    assertEquals("first", text(other, "/", session("id")), header);
                }
            }
        }
    }

    @OnBothDrivers
    void a_session_of_any_bytes_is_one_but_a_huge_one_is_none(String driver) {
        TestServer server = start(driver, COOKIES, "", "weight = 100", "");
        try (RawClient client = server.client()) {
            String peer = null;
            String id = "\u00e9\u00ff\"<script>%00\t";
            for (int i = 0; i < 101 && !"b".equals(peer); i++) {
                peer = text(client, "/?begin=" + "x".repeat(3000), "");
            }
            assertEquals("b", peer);
            assertEquals("b", text(client, "/", session("x".repeat(3000))));
            assertEquals("a", text(client, "/", session("x".repeat(2999))));
            assertEquals("a", text(client, "/", session(id)));
            assertEquals("a", text(client, "/", session("x".repeat(6000))));
        }
        assertTrue(!server.log().has("xxxx"));
        assertTrue(!server.log().has("script"));
    }

    @OnBothDrivers
    void an_answer_that_is_asked_for_elsewhere_begins_nothing(String driver) {
        Origin first =
                servers.closing(Origin.answering("HTTP/1.1 503 No\r\nSet-Cookie: app=id\r\nContent-Length: 0\r\n\r\n"));
        Origin second = application("second");
        Origin third = application("third");
        TestServer server = servers.start(
                driver,
                Sticky.conf(
                        "{ learn { " + COOKIES + ", header = on } }",
                        "http.proxy.next-upstream = [http-503]",
                        server(first, "max-fails = 0"),
                        server(second, ""),
                        server(third, "")));
        try (RawClient client = server.client()) {
            assertEquals("second", ask(client, "").text());
            assertEquals("third", ask(client, session("id")).text(), "whose turn it is");
            assertEquals(1, first.requests());
        }
    }
}
