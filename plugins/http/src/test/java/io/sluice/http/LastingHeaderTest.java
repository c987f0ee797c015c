package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.http.parse.HeaderName;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Headers that whatever answers a request in the end has too. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LastingHeaderTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              add-header = [ { name = X-Seen, value = "$sent" } ]
              locations = [
                { path = "/", lasting = on }
                { path = "/paged", lasting = on, error-page = { status = 502, to = "@page" } }
                { path = "@page", return { status = 200, text = "page" } }
                { path = "/plain", return { status = 200, text = "plain" } }
              ]
            } ]
            """;

    /** Says cookies, then does what the path says. */
    private static final class LastingPlugin implements Plugin {
        private final Object owner = new Object();

        @Override
        public String id() {
            return "lasting";
        }

        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder)
                    .content("lasting", location -> worker -> this::handle)
                    .variable("sent", (request, out) -> {
                        String value = request.responseHeader("Set-Cookie");
                        if (value != null) {
                            out.putAscii(value);
                        }
                        return value != null;
                    });
        }

        private Outcome handle(HttpRequest request) {
            String path = request.path();
            say(request, owner, "a=first, which is longer than the second");
            say(request, this, "b=other");
            say(request, owner, "a=2");
            say(request, owner, "a=" + "x".repeat(path.equals("/long") ? 300 : 1));
            request.addHeader("X-Forgotten", "1");
            return switch (path) {
                case "/plugin" -> throw new IllegalStateException("a plugin's bug");
                case "/control" -> {
                    say(request, owner, "a=1\r\nX-Split: 1");
                    yield request.respond(200, "split");
                }
                case "/elsewhere" -> request.internalRedirect("/plain", null);
                case "/ok", "/long" -> request.respond(200, "ok");
                default -> request.answer(502);
            };
        }

        private static void say(HttpRequest request, Object owner, String value) {
            byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
            request.lastingHeader(owner, HeaderName.SET_COOKIE, bytes, bytes.length);
        }
    }

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new LastingPlugin());

    private static Response get(RawClient client, String path) {
        return client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").response();
    }

    @OnBothDrivers
    void whatever_answers_has_the_last_word_of_each_owner(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            for (String path : List.of("/ok", "/502", "/paged/x", "/elsewhere")) {
                Response response = get(client, path);
                assertEquals(List.of("a=x", "b=other"), response.headers("Set-Cookie"), path);
                assertEquals(path.equals("/ok"), response.hasHeader("X-Forgotten"), path);
                if (response.status() == 200) {
                    assertEquals("a=x", response.header("X-Seen"), "filters see it as any other header");
                }
            }
            assertEquals("a=" + "x".repeat(300), get(client, "/long").header("Set-Cookie"));
            assertNull(get(client, "/plain").header("Set-Cookie"), "it is of one request");
        }
    }

    @OnBothDrivers
    void what_a_filter_answers_in_the_handlers_place_has_it_once(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            Response response = client.send("GET /ok HTTP/1.1\r\nHost: a\r\nIf-Match: \"x\"\r\n\r\n")
                    .response();
            assertEquals(412, response.status());
            assertEquals(List.of("a=x", "b=other"), response.headers("Set-Cookie"));
        }
    }

    @OnBothDrivers
    void a_line_end_in_a_value_is_refused(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            Response response = get(client, "/control");
            assertEquals(500, response.status());
            assertNull(response.header("X-Split"));
        }
    }

    @OnBothDrivers
    void an_exception_behind_it_is_answered_with_it(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            Response response = get(client, "/plugin");
            assertEquals(500, response.status());
            assertEquals(List.of("a=x", "b=other"), response.headers("Set-Cookie"));
        }
    }
}
