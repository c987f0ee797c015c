package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that is quiet for a while costs little, and is timed out when it was said. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QuietConnectionTest {
    private static final String CONF = """
            http.keepalive-timeout = 20s
            http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", keeping = on } ] } ]
            """;

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new KeepingPlugin());

    @OnBothDrivers
    void a_handle_that_was_kept_over_a_pause_is_over_for_good(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals("kept", ask(client, "keep"));
            // Within a moment it is the handle of the same client's next request.
            assertTrue(ask(client, "use-request").startsWith("got /use-request"));
            server.advance(Duration.ofSeconds(2));
            String later = ask(client, "use-request");
            assertTrue(later.startsWith("IllegalStateException: the request is over"), later);
            String buf = ask(client, "use-buf");
            assertTrue(buf.startsWith("StaleBufException"), buf);
        }
    }

    @OnBothDrivers
    void it_is_timed_out_after_the_keepalive_timeout_all_the_same(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals("plain", ask(client, "plain"));
            for (int i = 0; i < 19; i++) {
                server.advance(Duration.ofSeconds(1));
                assertEquals(1, server.openConnections());
            }
            server.advance(Duration.ofMillis(900));
            assertEquals(1, server.openConnections());
            server.advance(Duration.ofMillis(110));
            server.awaitOpen(0);
            client.awaitClosed();
        }
    }

    @OnBothDrivers
    void it_is_served_again_after_any_pause(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            for (int pause = 0; pause < 19; pause++) {
                assertEquals("plain", ask(client, "plain"));
                server.advance(Duration.ofSeconds(pause));
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    private static String ask(RawClient client, String what) {
        return client.send("GET /" + what + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .response()
                .text();
    }
}
