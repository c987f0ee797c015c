package io.sluice.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.origin.Script;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the log says of peers: how grave it is, and of whom. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PeerLogTest {
    @RegisterExtension
    final TestServers servers = Proxies.servers();

    private static String line(TestServer server, String text) {
        Await.until("a line with " + text, () -> server.log().has(text));
        return server.log().lines().stream()
                .filter(line -> line.contains(text))
                .findFirst()
                .orElseThrow();
    }

    @OnBothDrivers
    void an_error_of_a_peer_is_an_error_and_names_the_peer(String driver) {
        Origin origin = servers.closing(Origin.running(session -> {
            session.readRequest();
            session.reset();
        }));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            assertEquals(502, client.send(Proxies.get("/")).response().status());
            String line = line(server, "recv() failed");
            assertTrue(line.contains("[error]"), line);
            assertTrue(line.contains("client: 127.0.0.1"), line);
            assertTrue(line.contains(", upstream: \"" + origin.authority() + "\""), line);
        }
    }

    @OnBothDrivers
    void a_refused_connect_names_the_peer_and_the_next_attempt_the_next(String driver) {
        Origin refusing = servers.closing(Origin.refusing());
        Origin second = servers.closing(Origin.refusing());
        TestServer server = servers.start(driver, Proxies.to(refusing, second));
        try (RawClient client = server.client()) {
            assertEquals(502, client.send(Proxies.get("/")).response().status());
            for (Origin origin : new Origin[] {refusing, second}) {
                String line = line(server, ", upstream: \"" + origin.authority() + "\"");
                assertTrue(line.contains("[error]") || line.contains("[warn]"), line);
            }
        }
    }

    @OnBothDrivers
    void an_idle_connection_that_is_reset_is_nobodys_error(String driver) {
        Origin origin = servers.closing(Origin.running(
                session -> {
                    session.readRequest();
                    session.send(Proxies.ok("ok"));
                    session.reset();
                },
                Script.answering(Proxies.ok("again"))));
        TestServer server = servers.start(driver, Proxies.to(origin));
        try (RawClient client = server.client()) {
            assertEquals("ok", client.send(Proxies.get("/")).response().text());
            server.awaitOpen(1);
            assertEquals("again", client.send(Proxies.get("/")).response().text());
            assertEquals(
                    0,
                    server.log().count("[error]"),
                    () -> String.join("\n", server.log().lines()));
        }
    }
}
