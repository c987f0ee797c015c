package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.event.WorkerStatus;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody holds below the write filter is part of the answer: it is pushed on, and waited for. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeldBelowTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", return { status = 200, text = "hello" } } ]
            } ]
            """;
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final HoldingIo below = new HoldingIo();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), below);

    @OnBothDrivers
    void the_request_ends_when_it_is_gone_and_not_before(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(GET + GET);
            Await.until("the request runs", () -> server.sum(WorkerStatus::requests) == 1);
            server.turn();
            assertEquals(1, server.sum(WorkerStatus::requests), "it waits");
            assertTrue(client.isSilent());
            below.open();
            assertEquals("hello", client.response().text());
            assertEquals("hello", client.response().text());
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_client_that_takes_nothing_of_it_is_let_go(String driver) {
        TestServer server = servers.startWithHandClock(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(GET);
            Await.until("the request runs", () -> server.sum(WorkerStatus::requests) == 1);
            server.advance(Duration.ofSeconds(61));
            client.awaitEnding();
            server.awaitOpen(0);
        }
    }
}
