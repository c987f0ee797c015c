package io.sluice.sticky;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.http.HttpPlugin;
import io.sluice.testkit.server.TestServer;
import io.sluice.upstream.UpstreamsPlugin;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be set, and what is told of the rest: with its line, and all of it at once. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StickySettingsTest {
    private static List<String> problems(String sticky) {
        String conf =
                "upstreams.backend { balance = round-robin, servers = [\"127.0.0.1:9\"]\n sticky " + sticky + "\n}\n"
                        + "http.servers = [ { listen = [\"127.0.0.1:0\"]\n"
                        + "locations = [ { path = \"/\", proxy.pass = \"http://backend\" } ] } ]\n";
        return refused(conf);
    }

    private static List<String> refused(String conf) {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> TestServer.of(Sticky.plugins()).load(conf));
        return refused.problems().stream()
                .map(problem -> problem.line() + " " + problem.message())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ cookie = srv }",
                "{ cookie { name = srv, expires = 1h, domain = .example.com, path = /, http-only = on, secure = on,"
                        + " same-site = lax } }",
                "{ cookie { name = srv, expires = max, domain = \"$host\", path = \"$uri\", same-site = \"$arg_s\" } }",
                "{ route = \"$cookie_route\" }",
                "{ route = [\"$cookie_route\", \"$arg_route\"] }",
                "{ learn { create = \"$upstream_cookie_s\", lookup = \"$cookie_s\" } }",
                "{ learn { create = [\"$upstream_http_x_s\"], lookup = [\"$arg_s\", \"$http_s\"], keys = 4194304,"
                        + " timeout = 1ms, header = on } }",
            })
    void what_can_be_set(String sticky) {
        assertAllowed(sticky);
    }

    private static void assertAllowed(String sticky) {
        assertDoesNotThrow(() -> TestServer.of(Sticky.plugins()).load(Sticky.conf(sticky, "", "\"127.0.0.1:9\"")));
    }

    @Test
    void there_is_one_way_to_be_sticky() {
        assertEquals(List.of("2 upstreams.backend.sticky: must be one of cookie, learn, route"), problems("{}"));
        assertEquals(
                List.of(
                        "2 unknown setting 'cokie' in upstreams.backend.sticky (did you mean 'cookie'?)",
                        "2 upstreams.backend.sticky: must be one of cookie, learn, route"),
                problems("{ cokie = srv }"));
        assertEquals(
                List.of("2 upstreams.backend.sticky: must be one of cookie, route, not several"),
                problems("{ cookie = srv, route = \"$arg_a\" }"));
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        assertEquals(
                List.of(
                        "2 upstreams.backend.sticky: must be one of cookie, learn, route, not several",
                        "3 upstreams.backend.sticky.cookie.name: is missing",
                        "3 upstreams.backend.sticky.cookie.same-site: must be strict, lax or none, or have a variable",
                        "4 upstreams.backend.sticky.learn.lookup: there is no variable in \"a\"",
                        "5 upstreams.backend.sticky.learn.keys: '0' is not between 1 and 4194304",
                        "6 upstreams.backend.sticky.route: there is no variable in \"b\""),
                problems("""
                        {
                          cookie { path = /, same-site = x }
                          learn { create = "$upstream_cookie_s", lookup = ["$cookie_s", a],
                            keys = 0 }
                          route = ["$arg_a", b] }"""));
    }

    @Test
    void what_cannot_stand_in_a_cookie_is_refused() {
        String cookie = "upstreams.backend.sticky.cookie.";
        assertEquals(
                List.of("2 " + cookie + "name: must be 1 to 128 letters, digits or !#$%&'*+-.^_`|~"),
                problems("{ cookie = \"a b\" }"));
        assertEquals(
                List.of("2 " + cookie + "expires: must be a time of a second at least, as 1h, or max"),
                problems("{ cookie { name = a, expires = 999ms } }"));
        assertEquals(1, problems("{ cookie { name = a, expires = soon } }").size());
        assertEquals(1, problems("{ cookie { name = a, domain = \"a;b\" } }").size());
        assertEquals(
                1, problems("{ cookie { name = a, path = \"/\\r\\nX: y\" } }").size());
        assertEquals(1, problems("{ cookie { name = a, path = \"\" } }").size());
        assertEquals(
                List.of("2 " + cookie + "same-site: must be strict, lax or none, or have a variable"),
                problems("{ cookie { name = a, same-site = some } }"));
    }

    @Test
    void what_is_longer_than_a_client_would_keep_is_refused() {
        String cookie = "upstreams.backend.sticky.cookie.";
        assertAllowed("{ cookie = " + "n".repeat(128) + " }");
        assertEquals(
                List.of("2 " + cookie + "name: must be 1 to 128 letters, digits or !#$%&'*+-.^_`|~"),
                problems("{ cookie = " + "n".repeat(129) + " }"));
        assertAllowed("{ cookie { name = a, path = " + "p".repeat(1024) + " } }");
        assertEquals(
                List.of("2 " + cookie
                        + "path: must be 1 to 1024 visible characters of ASCII, none of them a semicolon"),
                problems("{ cookie { name = a, path = " + "p".repeat(1025) + " } }"));
        assertAllowed("{ cookie { name = a, expires = 36500d } }");
        assertEquals(
                List.of("2 " + cookie + "expires: must be a time of a second at least, as 1h, or max"),
                problems("{ cookie { name = a, expires = 36501d } }"));
    }

    @Test
    void a_setting_without_a_value_says_so() {
        assertEquals(
                List.of(
                        "2 upstreams.backend.sticky.learn.create: needs a text, as \"$upstream_cookie_session\"",
                        "2 upstreams.backend.sticky.learn.lookup: needs a text, as \"$cookie_session\""),
                problems("{ learn {} }"));
        assertEquals(
                List.of("2 upstreams.backend.sticky.route: needs a text, as \"$cookie_route\""),
                problems("{ route = [] }"));
    }

    @Test
    void texts_have_variables_which_are_known() {
        assertEquals(
                List.of("2 upstreams.backend.sticky.route: there is no variable in \"a\""),
                problems("{ route = [a] }"));
        assertEquals(
                1, problems("{ learn { create = \"$upstream_cookie_s\" } }").size());
        assertEquals(
                1, problems("{ learn { lookup = \"$cookie_s\", create = s } }").size());
        List<String> unknown = problems("{ cookie { name = a\n domain = \"$no_such\" } }");
        assertEquals(1, unknown.size(), unknown::toString);
        assertTrue(unknown.getFirst().startsWith("3 upstreams.backend.sticky.cookie.domain: "), unknown::toString);
        assertTrue(unknown.getFirst().contains("no_such"), unknown::toString);
    }

    @Test
    void a_route_is_what_clients_can_keep() {
        for (String route : List.of("a b", "a;b", "a,b", "ü", "a\\\\b", "a\\nb")) {
            List<String> problems = refused(
                    Sticky.conf("{ cookie = srv }", "", "{ address = \"127.0.0.1:9\", route = \"" + route + "\" }"));
            assertTrue(problems.toString().contains("route must be of visible characters"), problems::toString);
        }
    }

    @Test
    void sessions_of_stream_cannot_be_sticky() {
        List<String> problems = refused("""
                upstreams.backend { sticky.cookie = srv, servers = ["127.0.0.1:9"] }
                stream.servers = [ {
                  listen = ["127.0.0.1:0"]
                  proxy.pass = backend
                } ]
                """);
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().startsWith("4 "), problems::toString);
        assertTrue(problems.getFirst().contains("the upstream backend is sticky"), problems::toString);
    }

    @Test
    void without_a_plugin_there_is_none() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> TestServer.of(new HttpPlugin(), new UpstreamsPlugin())
                        .load("upstreams.backend { sticky.cookie = srv, servers = [\"127.0.0.1:9\"] }"));
        assertTrue(refused.getMessage().contains("no plugin brings a way to be sticky"), refused.getMessage());
    }
}
