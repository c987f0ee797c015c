package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that go on elsewhere: with another path, in a named location, with an error page. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedirectTest {
    private static final String ECHO = "$request_method $uri $args $request_uri";
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/", return { status = 200, text = "%1$s" } }
                { path = "/to/", redirect = on }
                { path = "/loop", redirect = on }
                { path = "@named", return { status = 200, text = "named %1$s" } }
                { path = "@chain", redirect = on }
                { path = "/403", return = 403, error-page = [
                  { status = 404, to = "/no" }, { status = [403, 405], to = "/page?why=$request_method" } ] }
                { path = "/code", return = 403, error-page = { status = 403, to = "/page", code = 200 } }
                { path = "/own", return = 403, error-page = { status = 403, to = "/made", code = 0 } }
                { path = "/made", return { status = 201, text = "made" } }
                { path = "/403-named", return = 403, error-page = { status = 403, to = "@named" } }
                { path = "/away", return = 403, error-page = { status = 403, to = "http://elsewhere$uri", code = 301 } }
                { path = "/once", return = 403, error-page = { status = [403, 404], to = "/once" } }
                { path = "/again", return = 403, recursive-error-pages = on
                  error-page = { status = [403, 404], to = "/again" } }
                { path = "/nobody", error-page = { status = 404, to = "/page" } }
                { path = "/missing", return = 403, error-page = { status = 403, to = "@missing" } }
                { path = "/dots", return = 403, error-page = { status = 403, to = "/../etc" } }
              ]
            } ]
            """.formatted(ECHO);

    /** Redirects: {@code /to/x} to {@code /x}, {@code /to/@x} to a name, everything else to itself. */
    private static final class RedirectPlugin implements Plugin {
        @Override
        public String id() {
            return "redirect";
        }

        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder).content("redirect", location -> worker -> RedirectPlugin::handle);
        }

        private static Outcome handle(HttpRequest request) {
            String path = request.path();
            request.addHeader("X-Forgotten", "1");
            if (path.equals("/to/wild")) {
                return request.internalRedirect("/a/../../b", null);
            }
            if (path.equals("/to/parked")) {
                long ticket = request.park();
                request.internalRedirect("/parked", "q");
                request.finish(ticket);
                return Outcome.PARKED;
            }
            if (path.startsWith("/to/@")) {
                return request.namedLocation(path.substring(4));
            }
            return path.startsWith("/to/")
                    ? request.internalRedirect(path.substring(3), "n=1")
                    : request.internalRedirect(path, request.query());
        }
    }

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new RedirectPlugin());

    @OnBothDrivers
    void another_path_takes_the_place_of_the_clients(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            Response response = get(client, "/to/there?a=b");
            assertEquals("GET /there n=1 /to/there?a=b", response.text());
            assertNull(response.header("X-Forgotten"));
            assertEquals("GET /plain  /plain", get(client, "/plain").text());
            assertEquals("GET /parked q /to/parked", get(client, "/to/parked").text());
        }
    }

    @OnBothDrivers
    void a_named_location_is_reached_by_its_name_only(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals(
                    "named GET /to/@named a=b /to/@named?a=b",
                    get(client, "/to/@named?a=b").text());
            assertEquals("GET /@named  /@named", get(client, "/@named").text());
            assertEquals(500, get(client, "/to/@nobody").status());
        }
    }

    @OnBothDrivers
    void a_circle_ends_after_ten_redirects(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals(500, get(client, "/loop").status());
            assertEquals(500, get(client, "/to/to/to/to/to/to/to/to/to/to/to/x").status());
            assertEquals(
                    "GET /x n=1 /to/to/to/to/to/to/to/to/to/to/x",
                    get(client, "/to/to/to/to/to/to/to/to/to/to/x").text());
            assertEquals(500, get(client, "/to/@chain").status());
        }
        assertEquals(0, Counters.failures(server));
    }

    @OnBothDrivers
    void a_path_that_leads_out_of_the_root_is_refused(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals(403, get(client, "/dots").status());
            // It is a plugin's bug.
            assertEquals(500, get(client, "/to/wild").status());
            client.awaitClosed();
        }
        assertEquals(1, Counters.failures(server));
    }

    @OnBothDrivers
    void an_error_page_keeps_the_status(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            Response response = get(client, "/403");
            assertEquals(403, response.status());
            assertEquals("GET /page why=GET /403", response.text());
            assertEquals(404, get(client, "/nobody").status());
        }
    }

    @OnBothDrivers
    void an_error_page_may_give_another_status_or_its_own(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            assertEquals(200, get(client, "/code").status());
            assertEquals(201, get(client, "/own").status());
        }
    }

    @OnBothDrivers
    void an_error_page_is_got_but_a_named_location_keeps_the_method(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            client.send("POST /403 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            assertEquals("GET /page why=POST /403", client.response().text());
            client.send("POST /403-named HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            Response response = client.response();
            assertEquals(403, response.status());
            assertEquals("named POST /403-named  /403-named", response.text());
            client.send("HEAD /403 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals(403, client.responseHead().status());
            assertEquals("GET /plain  /plain", get(client, "/plain").text());
        }
    }

    @OnBothDrivers
    void an_error_page_elsewhere_redirects_the_client(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            Response response = get(client, "/away");
            assertEquals(301, response.status());
            assertEquals("http://elsewhere/away", response.header("Location"));
        }
    }

    @OnBothDrivers
    void an_error_page_has_an_error_page_only_if_that_is_wanted(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals(403, get(client, "/once").status());
            assertTrue(get(client, "/once").text().contains("403"));
            assertEquals(403, get(client, "/again").status());
            assertEquals(500, get(client, "/missing").status());
        }
        assertEquals(0, Counters.failures(server));
    }

    private static Response get(RawClient client, String path) {
        return client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").response();
    }
}
