package io.sluice.sticky;

import static io.sluice.sticky.Sticky.answering;
import static io.sluice.sticky.Sticky.get;
import static io.sluice.sticky.Sticky.server;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.client.Response;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that say which server they want. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RouteOnTheWireTest {
    @RegisterExtension
    final TestServers servers = Sticky.servers();

    @OnBothDrivers
    void the_first_text_that_says_something_counts(String driver) {
        Origin a = servers.closing(answering("a"));
        Origin b = servers.closing(answering("b"));
        TestServer server = servers.start(
                driver,
                Sticky.conf(
                        "{ route = [\"$cookie_route\", \"$arg_route\"] }",
                        "",
                        server(a, "route = a"),
                        server(b, "route = b")));
        try (RawClient client = server.client()) {
            for (int i = 0; i < 3; i++) {
                assertEquals("b", text(client, "/?route=a", "Cookie: route=b\r\n"));
                assertEquals("b", text(client, "/?route=b", ""));
                assertEquals("b", text(client, "/?route=b", "Cookie: route=\r\n"));
            }
            // A text that names nobody is the first that says something nevertheless; and it is the turn of a.
            assertEquals("a", text(client, "/?route=b", "Cookie: route=nobody\r\n"));
        }
    }

    private static String text(RawClient client, String target, String headers) {
        Response response = client.send(get(target, headers)).response();
        assertEquals(List.of(), response.headers("Set-Cookie"), "nothing is told to clients");
        return response.text();
    }
}
