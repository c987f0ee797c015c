package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.http.HttpBinder;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client between two requests holds of the one before. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdleClientTest {
    /** Answers with what the client's session holds before a request of its own has come to a peer. */
    private static final class Holding implements Plugin {
        @Override
        public String id() {
            return "holding";
        }

        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder).content("holding", _ -> _ -> Holding::answer);
        }

        private static Outcome answer(HttpRequest request) {
            ProxySession session = request.keptOrNull(ProxySession.KEY);
            String held = session == null ? "no session" : session.hasReport() ? "a report" : "none";
            return request.respond(200, held);
        }
    }

    @RegisterExtension
    final TestServers servers = Proxies.servers(new Holding());

    @OnBothDrivers
    void a_session_holds_no_report_of_a_request_that_is_over(String driver) {
        Origin origin = servers.closing(Origin.answering(Proxies.ok("hello")));
        TestServer server = servers.startWithHandClock(driver, """
                http.servers = [ { listen = ["127.0.0.1:0"], locations = [
                  { path = "/", proxy.pass = "http://%s" }
                  { path = "/holding", holding {} }
                ] } ]
                """.formatted(origin.authority()));
        try (RawClient client = server.client()) {
            assertEquals(
                    "no session",
                    client.send(Proxies.get("/holding")).response().text());
            assertEquals("hello", client.send(Proxies.get("/")).response().text());
            assertEquals("none", client.send(Proxies.get("/holding")).response().text());
            client.send(Proxies.get("/") + Proxies.get("/holding"));
            assertEquals("hello", client.response().text());
            assertEquals("none", client.response().text());
        }
        server.assertNothingHeld();
    }
}
