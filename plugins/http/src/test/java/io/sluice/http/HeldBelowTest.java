package io.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.event.WorkerStatus;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody holds below the write filter is part of the answer: it is pushed on, and waited for. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeldBelowTest {
    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", return { status = 200, text = "hello" } }, { path = "/noting", noting = on } ]
            } ]
            """;
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    /** Notes what it is told when it puts something out. */
    private static final class Noting implements Plugin {
        final Queue<FilterResult> told = new ConcurrentLinkedQueue<>();

        @Override
        public String id() {
            return "noting";
        }

        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder).content("noting", _ -> _ -> this::answer);
        }

        private Outcome answer(HttpRequest request) {
            request.status(200);
            request.responseLength(4);
            request.sendHeader();
            Buf text = request.pool().take(4);
            text.putAscii("text");
            told.add(request.output(request.pool().link(text.flush(true))));
            return Outcome.DONE;
        }
    }

    private final HoldingIo below = new HoldingIo();
    private final Noting noting = new Noting();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), below, noting);

    @OnBothDrivers
    void who_puts_out_is_told_to_wait(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send("GET /noting HTTP/1.1\r\nHost: a\r\n\r\n");
            Await.until("something is put out", () -> !noting.told.isEmpty());
            below.open();
            assertEquals("text", client.response().text());
            assertEquals("[AGAIN]", noting.told.toString());
        }
    }

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
