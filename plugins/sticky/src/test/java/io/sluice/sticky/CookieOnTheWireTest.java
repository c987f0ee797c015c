package io.sluice.sticky;

import static io.sluice.sticky.Sticky.answering;
import static io.sluice.sticky.Sticky.ask;
import static io.sluice.sticky.Sticky.conf;
import static io.sluice.sticky.Sticky.get;
import static io.sluice.sticky.Sticky.kept;
import static io.sluice.sticky.Sticky.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that keeps our cookie, with its peers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CookieOnTheWireTest {
    private static final String COOKIE = "{ cookie = srv }";
    private static final String ROUTED = "{ cookie { name = srv, path = / } }";

    @RegisterExtension
    final TestServers servers = Sticky.servers();

    private Origin closing(Origin origin) {
        return servers.closing(origin);
    }

    @OnBothDrivers
    void the_cookie_is_exactly_what_is_set(String driver) {
        Origin a = closing(answering("a"));
        TestServer server = servers.startWithHandClock(
                driver,
                conf(
                        "{ cookie { name = Srv-Id, expires = 1h, domain = .example.com, http-only = on, secure = on,"
                                + " same-site = LAX, path = \"/app\" } }",
                        "",
                        server(a, "route = a")));
        try (RawClient client = server.client()) {
            String first = ask(client, "").header("Set-Cookie");
            assertTrue(
                    first.matches("Srv-Id=a; Expires=[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} [\\d:]{8} GMT;"
                            + " Domain=.example.com; HttpOnly; Secure; SameSite=Lax; Path=/app"),
                    first);
            server.advance(Duration.ofSeconds(1));
            String second = ask(client, "Cookie: Srv-Id=a\r\n").header("Set-Cookie");
            assertNotEquals(first, second, "it is told anew, with a time of its own");
        }
    }

    @OnBothDrivers
    void without_a_word_about_it_the_cookie_has_no_attribute(String driver) {
        Origin a = closing(answering("a"));
        TestServer server = servers.start(driver, conf(COOKIE, "", a));
        try (RawClient client = server.client()) {
            String told = ask(client, "").header("Set-Cookie");
            assertTrue(told.matches("srv=[0-9a-f]{32}"), told);
        }
    }

    @OnBothDrivers
    void attributes_may_depend_on_the_request_and_a_bad_one_is_left_out(String driver) {
        Origin a = closing(answering("a"));
        TestServer server = servers.start(
                driver,
                conf(
                        "{ cookie { name = srv, expires = max, domain = \"$arg_d\", path = \"$http_p\","
                                + " same-site = \"$arg_s\" } }",
                        "",
                        server(a, "route = a")));
        String begin = "srv=a; Expires=Thu, 31 Dec 2037 23:55:55 GMT";
        try (RawClient client = server.client()) {
            assertEquals(
                    begin + "; Domain=x.example; SameSite=None; Path=/p",
                    client.send(get("/?d=x.example&s=none", "P: /p\r\n"))
                            .response()
                            .header("Set-Cookie"));
            assertEquals(
                    begin + "; SameSite=Strict",
                    client.send(get("/?d=a;Secure&s=lax;x", "P: /\u00e9\r\n"))
                            .response()
                            .header("Set-Cookie"));
            assertEquals(
                    begin + "; SameSite=Strict",
                    client.send(get("/", "P: /" + "x".repeat(2000) + "\r\n"))
                            .response()
                            .header("Set-Cookie"));
        }
    }

    @OnBothDrivers
    void an_attempt_that_fails_leaves_no_cookie_to_the_client(String driver) {
        Origin dead = closing(Origin.refusing());
        Origin silent = closing(Origin.running(Script.closingAtOnce()));
        Origin well = closing(answering("well"));
        TestServer server = servers.start(
                driver,
                conf(
                        ROUTED,
                        "",
                        server(dead, "route = dead"),
                        server(silent, "route = silent"),
                        server(well, "route = w")));
        try (RawClient client = server.client()) {
            Response response = ask(client, "Cookie: srv=dead\r\n");
            assertEquals("well", response.text());
            assertEquals(List.of("srv=w; Path=/"), response.headers("Set-Cookie"));
        }
    }

    @OnBothDrivers
    void a_502_and_an_error_page_tell_of_the_last_attempt_too(String driver) {
        Origin one = closing(Origin.refusing());
        Origin other = closing(Origin.refusing());
        TestServer server = servers.start(
                driver,
                conf(
                        ROUTED,
                        "",
                        server(one, "route = one, max-fails = 0"),
                        server(other, "route = other, max-fails = 0")));
        try (RawClient client = server.client()) {
            Response response = ask(client, "Cookie: srv=other\r\n");
            assertEquals(502, response.status());
            assertEquals(List.of("srv=one; Path=/"), response.headers("Set-Cookie"));
        }
        TestServer paged = servers.start(driver, elsewhere("return { status = 200, text = sorry }", one));
        try (RawClient client = paged.client()) {
            Response response = ask(client, "");
            assertEquals("sorry", response.text());
            assertEquals(502, response.status());
            assertEquals(List.of("srv=one; Path=/"), response.headers("Set-Cookie"));
        }
    }

    @OnBothDrivers
    void a_request_that_goes_on_in_another_location_of_the_upstream_has_one_cookie(String driver) {
        Origin one = closing(Origin.refusing());
        TestServer server = servers.start(driver, elsewhere("proxy.pass = \"http://backend\"", one));
        try (RawClient client = server.client()) {
            Response response = ask(client, "");
            assertEquals(502, response.status());
            assertEquals(List.of("srv=one; Path=/"), response.headers("Set-Cookie"));
        }
    }

    /** As a page for 502 there is another location, which answers so. */
    private static String elsewhere(String answer, Origin one) {
        return conf(ROUTED, "http.error-page = [ { status = 502, to = \"@page\" } ]", server(one, "route = one"))
                .replace(
                        "proxy.pass = \"http://backend\" }",
                        "proxy.pass = \"http://backend\" }, { path = \"@page\", " + answer + " }");
    }

    @OnBothDrivers
    void the_cookies_of_the_application_stay(String driver) {
        Origin a = closing(Origin.answering(Sticky.ok("Set-Cookie: x=1\r\nset-cookie: srv=own\r\n", "a")));
        TestServer server = servers.start(driver, conf(ROUTED, "", server(a, "route = a")));
        try (RawClient client = server.client()) {
            assertEquals(
                    List.of("x=1", "srv=own", "srv=a; Path=/"), ask(client, "").headers("Set-Cookie"));
        }
    }

    @OnBothDrivers
    void a_peer_that_goes_down_loses_its_client_who_then_stays_where_it_is(String driver) {
        Origin[] origins = {closing(answering("a")), closing(answering("b")), closing(answering("c"))};
        TestServer server = servers.startWithHandClock(driver, conf(COOKIE, "", origins));
        try (RawClient client = server.client()) {
            Response first = ask(client, "");
            String cookie = kept(first);
            Origin down = origins[first.text().charAt(0) - 'a'];
            down.down();
            Response second = ask(client, cookie);
            assertNotEquals(first.text(), second.text());
            String other = kept(second);
            assertNotEquals(cookie, other);
            down.up();
            server.advance(Duration.ofSeconds(11));
            for (int i = 0; i < 5; i++) {
                assertEquals(second.text(), ask(client, other).text());
                assertEquals(first.text(), ask(client, cookie).text(), "who kept the first cookie finds it again");
            }
        }
    }

    @OnBothDrivers
    void a_name_with_capital_letters_is_found_as_it_was_told(String driver) {
        Origin a = closing(answering("a"));
        Origin b = closing(answering("b"));
        TestServer server =
                servers.start(driver, conf("{ cookie = Srv-Id }", "", server(a, "route = a"), server(b, "route = b")));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 3; i++) {
                Response answer = ask(client, "Cookie: Srv-Id=b\r\n");
                assertEquals("b", answer.text());
                assertEquals("Srv-Id=b", answer.header("Set-Cookie"));
            }
        }
    }

    @OnBothDrivers
    void a_draining_peer_has_its_own_clients_only(String driver) {
        Origin leaving = closing(answering("leaving"));
        Origin staying = closing(answering("staying"));
        TestServer server = servers.start(
                driver, conf(ROUTED, "", server(leaving, "route = a, drain = on"), server(staying, "route = b")));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 10; i++) {
                assertEquals("staying", ask(client, "").text());
                assertEquals("leaving", ask(client, "Cookie: srv=a\r\n").text());
            }
        }
    }

    @OnBothDrivers
    void the_first_cookie_of_the_name_counts_among_whatever_else_there_is(String driver) {
        Origin a = closing(answering("a"));
        Origin b = closing(answering("b"));
        TestServer server = servers.start(driver, conf(ROUTED, "", server(a, "route = a"), server(b, "route = b")));
        try (RawClient client = server.client()) {
            for (String headers : List.of(
                    "Cookie: x=1; srv=b; srv=a; y=2\r\n",
                    "Cookie: x=1\r\nCookie: srv=b\r\nCookie: srv=a\r\n",
                    "COOKIE: xsrv=a;   SRV  =  b;z\r\n",
                    "Cookie: srv; srvx=a; =; ;; srv=b\r\n",
                    "Cookie: x=\"srv=a\", srv=b\r\n")) {
                for (int i = 0; i < 2; i++) {
                    assertEquals("b", ask(client, headers).text(), headers);
                }
            }
            String request = get("Cookie: x=1; srv=b; y=2\r\n");
            for (int cut = 1; cut < request.length(); cut++) {
                client.send(request.substring(0, cut));
                server.turn();
                assertEquals("b", client.send(request.substring(cut)).response().text(), "cut at " + cut);
            }
            assertEquals("b", client.sendInPieces(request, 1).response().text());
        }
    }

    @OnBothDrivers
    void what_names_no_peer_is_ignored_and_goes_nowhere(String driver) {
        Origin a = closing(answering("a"));
        Origin b = closing(answering("b"));
        TestServer server = servers.start(driver, conf(ROUTED, "", server(a, "route = a"), server(b, "route = b")));
        try (RawClient client = server.client()) {
            int others = 0;
            for (String said : List.of(
                    "",
                    "nobody",
                    "b ",
                    "B",
                    "bb",
                    "\u00ff\u0080",
                    "\"b\"",
                    "%62",
                    "x".repeat(6000),
                    "b\u000bHOSTILE")) {
                Response response = client.send(get("Cookie: srv=" + said + "; marker=HOSTILE\r\n"))
                        .response();
                if (response.status() == 400) {
                    others++;
                    client.awaitClosed();
                    break;
                }
                assertEquals(200, response.status(), said);
                assertTrue(response.headers("Set-Cookie").getFirst().matches("srv=[ab]; Path=/"), said);
                assertTrue(!response.raw().contains("HOSTILE"), said);
            }
            assertEquals(1, others, "a control character is no header's");
        }
        assertTrue(!server.log().has("HOSTILE"));
        assertTrue(!server.log().has("xxxx"));
    }
}
