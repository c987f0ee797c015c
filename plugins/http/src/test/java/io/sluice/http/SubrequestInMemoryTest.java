package io.sluice.http;

import static io.sluice.testkit.client.RawClient.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Subrequests whose output is for a plugin. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SubrequestInMemoryTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              subrequest-output-buffer-size = 10
              locations = [
                { path = "/", return { status = 200, text = "$request_uri" } }
                { path = "/shout", shout = on }
                { path = "/short", return { status = 200, text = "$args" } }
                { path = "/nothing", return = 204 }
                { path = "/page", page = "<{/part/x}>" }
                { path = "/part", part = on }
                { path = "/twice", shout = "twice" }
              ]
            } ]
            """;

    /** Answers with what the subrequest to the path in the query answers, in capital letters, after its status. */
    private static final class Shout implements Plugin {
        @Override
        public String id() {
            return "shout";
        }

        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder).content("shout", location -> {
                boolean twice =
                        String.valueOf(location.section().value("shout")).contains("twice");
                return _ -> request -> shout(request, twice);
            });
        }

        private static Outcome shout(HttpRequest request, boolean twice) {
            long ticket = request.park();
            request.subrequestInMemory(
                    "/" + request.query(),
                    "abc",
                    made -> answer(request, ticket, twice ? null : text(made), made.status()));
            if (twice) {
                request.subrequestInMemory("/short", "b", made -> answer(request, ticket, text(made), made.status()));
            }
            return Outcome.PARKED;
        }

        private static String text(HttpRequest made) {
            Buf all = made.collected();
            return all == null ? "nothing" : all.text();
        }

        private static void answer(HttpRequest request, long ticket, String text, int status) {
            if (text != null) {
                request.respond(200, status + " " + text.toUpperCase(Locale.ROOT));
                request.finish(ticket);
            }
        }
    }

    private final PagePlugin pages = new PagePlugin();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new Shout(), pages);

    @OnBothDrivers
    void its_output_goes_to_who_asked_for_it_and_not_to_the_client(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        "200 ABC", client.send(get("/shout?short")).response().text());
                assertEquals(
                        "204 NOTHING",
                        client.send(get("/shout?nothing")).response().text());
                assertEquals(
                        "200 B", client.send(get("/twice?short")).response().text());
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        assertEquals(0, Counters.failures(server));
    }

    @OnBothDrivers
    void it_may_be_a_page_that_takes_its_time(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/shout?part"));
            pages.put("/part", "ab");
            pages.put("/part", "cd");
            server.turn();
            assertTrue(client.isSilent());
            pages.end("/part");
            assertEquals("200 ABCD", client.response().text());
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void it_can_have_no_parts(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/shout?page"));
            client.awaitEnding();
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        Await.until("the log tells it", () -> server.log().has("only what goes to the client can have parts: /part/x"));
    }

    @OnBothDrivers
    void one_that_puts_out_too_much_ends_the_connection(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/shout?part"));
            pages.put("/part", "0123456789");
            server.turn();
            pages.put("/part", "x");
            pages.end("/part");
            client.awaitEnding();
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        Await.until(
                "the log tells it",
                () -> server.log().has("a subrequest puts out more than subrequest-output-buffer-size"));
        assertEquals(0, Counters.failures(server));
    }
}
