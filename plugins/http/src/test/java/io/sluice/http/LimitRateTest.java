package io.sluice.http;

import static io.sluice.testkit.client.RawClient.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.config.ConfigurationException;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** So many bytes of an answer leave in a second, and no more. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitRateTest {
    private static final int BODY = 5000;
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              send-timeout = 60s
              locations = [
                { path = "/", return { status = 200, text = "%1$s" } }
                { path = "/slow", limit-rate = 1000, return { status = 200, text = "%1$s" } }
                { path = "/after", limit-rate = 1k, limit-rate-after = 2000, return { status = 200, text = "%1$s" } }
                { path = "/arg", limit-rate = "$arg_rate", limit-rate-after = "$arg_after", return { status = 200, text = "%1$s" } }
                { path = "/page", limit-rate = 1000, page = "<{/}>" }
                { path = "/crawl", limit-rate = 10, return { status = 200, text = "%1$s" } }
              ]
            } ]
            """.formatted("x".repeat(BODY));

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), new PagePlugin());

    @OnBothDrivers
    void each_second_has_its_bytes(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/slow"));
            String head = client.readUntil("\r\n\r\n");
            client.readBytes(1000 - head.length());
            int left = BODY - 1000 + head.length();
            while (left > 0) {
                server.advance(Duration.ofMillis(999));
                assertTrue(client.isSilent(), left + " bytes are left");
                server.advance(Duration.ofMillis(1));
                client.readBytes(Math.min(left, 1000));
                left -= 1000;
            }
            // The next request begins anew.
            client.send(get("/"));
            assertEquals(BODY, client.response().body().length);
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void the_first_bytes_may_leave_at_once(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/after"));
            client.readBytes(3024);
            server.turn();
            assertTrue(client.isSilent());
            server.advance(Duration.ofSeconds(1));
            client.readBytes(1024);
            server.turn();
            assertTrue(client.isSilent());
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void a_variable_may_say_how_fast(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            for (String fast :
                    new String[] {"/arg", "/arg?rate=0", "/arg?rate=fast", "/arg?rate=1&after=1m", "/arg?rate=9g"}) {
                assertEquals(BODY, client.send(get(fast)).response().body().length, fast);
            }
            client.send(get("/arg?rate=2k&after=x"));
            client.readBytes(2048);
            server.turn();
            assertTrue(client.isSilent());
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void a_page_of_several_requests_is_one_answer(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/page"));
            client.readUntil("<\r\n");
            server.turn();
            for (int seconds = 1; seconds <= 4; seconds++) {
                for (int i = 0; i < 10; i++) {
                    server.advance(Duration.ofMillis(100));
                }
            }
            // Of five seconds that have begun, with the head; the last of them may pause still.
            client.readBytes(3000);
            assertTrue(client.wire().unreadBytes() < 2000);
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_client_that_waits_for_its_bytes_is_not_too_slow(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/crawl"));
            client.readBytes(10);
            for (int i = 0; i < 20; i++) {
                server.advance(Duration.ofSeconds(10));
            }
            client.readBytes(100);
            assertEquals(1, server.openConnections());
        }
        server.awaitOpen(0);
    }

    @Test
    void what_is_no_rate_is_refused() {
        for (String wrong :
                new String[] {"limit-rate = fast", "limit-rate-after = 1x", "limit-rate = k", "limit-rate = -1"}) {
            ConfigurationException refused = assertThrows(
                    ConfigurationException.class,
                    () -> TestServer.of(new HttpPlugin())
                            .load("http.servers = [ { listen = \"127.0.0.1:0\", locations = [ {\n path = \"/\"\n "
                                    + wrong + " } ] } ]"));
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.contains("test.conf:3: ") && message.contains("must be a number of bytes"), message);
        }
    }
}
