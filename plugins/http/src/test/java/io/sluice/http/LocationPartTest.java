package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.PluginId;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.server.TestServers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocationPartTest {
    private static final LocationPart<String> NAME =
            LocationPart.of(location -> (location.exact() ? "only " : "below ") + location.path());

    /** Answers what nobody else does, with what it made of the location and the path; not below /not-mine. */
    @PluginId("echo-path")
    static final class EchoPath implements Plugin {
        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder).part(NAME).otherwise("echo-path", location -> {
                String made = location.part(NAME);
                return made.endsWith("/not-mine") ? null : _ -> request -> answer(request, made);
            });
        }

        private static Outcome answer(HttpRequest request, String made) {
            if (request.method() != io.sluice.http.parse.Method.GET) {
                return request.answer(405, "Allow", "GET");
            }
            byte[] path = new byte[request.pathLength() + 2];
            path[0] = '<';
            int end = request.getPath(path, 1);
            path[end] = '>';
            String text = new String(path, StandardCharsets.ISO_8859_1);
            return request.respond(200, made + " " + request.part(NAME) + " " + text);
        }
    }

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new EchoPath());

    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/" }
                { path = "= /one" }
                { path = "/not-mine" }
                { path = "/answered", return { status = 200, text = "by return" } }
              ]
            } ]
            """;

    @OnBothDrivers
    void a_location_without_a_handler_is_offered_to_who_answers_otherwise(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            assertEquals("below / below / </x>", ask(client, "GET /x").text());
            assertEquals("only /one only /one </one>", ask(client, "GET /one").text());
            assertEquals("by return", ask(client, "GET /answered").text());
            assertEquals(404, ask(client, "GET /not-mine").status());
        }
    }

    @OnBothDrivers
    void the_path_is_given_as_it_was_normalised(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            assertEquals(
                    "below / below / </a/b c>",
                    ask(client, "GET /x/..//a/./b%20c?q").text());
        }
    }

    @OnBothDrivers
    void a_status_page_may_carry_a_header(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            Response refused = ask(client, "DELETE /x");
            assertEquals(405, refused.status());
            assertEquals("GET", refused.header("Allow"));
            assertEquals("text/html", refused.header("Content-Type"));
            assertNull(ask(client, "GET /x").header("Allow"));
        }
    }

    private static Response ask(RawClient client, String line) {
        return client.send(line + " HTTP/1.1\r\nHost: a\r\n\r\n").response();
    }
}
