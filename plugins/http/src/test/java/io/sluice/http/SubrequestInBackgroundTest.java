package io.sluice.http;

import static io.sluice.testkit.client.RawClient.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Subrequests that the client does not wait for. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SubrequestInBackgroundTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/", return { status = 200, text = "$request_uri" } }
                { path = "/aside", aside = on }
                { path = "/page", page = "<{/part/p}>" }
                { path = "/part", part = on }
                { path = "/fail", part = fail }
              ]
            } ]
            """;

    /** Answers at once, and asks for the paths of the query, which are divided by commas, in the background. */
    private static final class Aside implements Plugin {
        final AtomicInteger ended = new AtomicInteger();

        @Override
        public String id() {
            return "aside";
        }

        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder).content("aside", _ -> _ -> this::answer);
        }

        private Outcome answer(HttpRequest request) {
            for (String path : String.valueOf(request.query()).split(",")) {
                request.subrequestInBackground(path, null, _ -> ended.incrementAndGet());
            }
            return request.respond(200, "answer");
        }
    }

    private final PagePlugin pages = new PagePlugin();
    private final Aside aside = new Aside();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), aside, pages);

    @OnBothDrivers
    void the_client_has_its_answer_and_its_next_request_waits(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            for (int i = 1; i <= 2; i++) {
                assertEquals(
                        "answer",
                        client.send(get("/aside?/part/a,/part/b")).response().text());
                client.send(get("/next"));
                pages.put("/part/a", "noise");
                pages.end("/part/a");
                server.turn();
                assertTrue(client.isSilent());
                pages.put("/part/b", "noise");
                pages.end("/part/b");
                assertEquals("/next", client.response().text());
                assertEquals(2 * i, aside.ended.get());
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        assertEquals(0, Counters.failures(server));
    }

    @OnBothDrivers
    void one_that_is_done_at_once_is_done_before_the_next_request(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            for (int i = 1; i <= 3; i++) {
                assertEquals(
                        "answer", client.send(get("/aside?/x,/y")).response().text());
                assertEquals("/next", client.send(get("/next")).response().text());
                assertEquals(2 * i, aside.ended.get());
            }
        }
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void it_hears_when_the_client_goes(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals("answer", client.send(get("/aside?/part/a")).response().text());
            server.turn();
            client.reset();
            pages.awaitTold("aborted /part/a");
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        assertEquals(0, aside.ended.get());
    }

    @OnBothDrivers
    void it_can_have_no_parts_and_what_it_throws_ends_nothing_but_the_connection(String driver) {
        TestServer server = servers.start(driver, CONF);
        for (String bad : new String[] {"/page", "/fail"}) {
            try (RawClient client = server.client()) {
                client.send(get("/aside?" + bad));
                client.awaitEnding();
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        Await.until("the log tells it", () -> server.log().has("only what goes to the client can have parts: /part/p"));
        try (RawClient client = server.client()) {
            assertEquals("/next", client.send(get("/next")).response().text());
        }
        assertFalse(server.log().has("[alert]"));
    }
}
