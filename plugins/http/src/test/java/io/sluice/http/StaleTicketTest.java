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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A plugin that goes on with a request it has gone on with before reaches no other request, not even of the same client. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StaleTicketTest {
    /** Parks what it is asked for, and keeps the tickets. All of it runs on the one worker. */
    private static final class TicketPlugin implements Plugin {
        private final List<Long> tickets = new ArrayList<>();
        private volatile Runnable onWorker = () -> {};
        private volatile int parked;
        private volatile HttpRequest handle;

        @Override
        public String id() {
            return "ticket";
        }

        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder)
                    .content(
                            "ticket",
                            location -> worker -> request -> {
                                onWorker = () -> worker.execute(() -> use(request));
                                return handle(request);
                            })
                    .phase(Phase.PREACCESS, "ticket-phase", worker -> request -> {
                        if (!"phase".equals(request.query())) {
                            return Outcome.DECLINED;
                        }
                        request.resume(request.park());
                        return Outcome.PARKED;
                    });
        }

        private Outcome handle(HttpRequest request) {
            handle = request;
            switch (request.path()) {
                case "/none" -> {
                    return Outcome.PARKED;
                }
                case "/at-once" -> {
                    long ticket = request.park();
                    request.respond(200, "at once");
                    request.finish(ticket);
                    return Outcome.PARKED;
                }
                default -> {
                    tickets.add(request.park());
                    parked++;
                    return Outcome.PARKED;
                }
            }
        }

        /** Uses every ticket but the last, then answers with the last one. */
        private void use(HttpRequest request) {
            for (int i = 0; i < tickets.size() - 1; i++) {
                request.finish(tickets.get(i));
                request.resume(tickets.get(i));
                request.finish(0);
            }
            request.respond(200, request.path());
            request.finish(tickets.getLast());
            request.finish(tickets.getLast());
        }
    }

    private static final String CONF = """
            http.servers = [ { listen = ["127.0.0.1:0"], locations = [ { path = "/", ticket = on } ] } ]
            """;

    private final TicketPlugin plugin = new TicketPlugin();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), plugin);

    @OnBothDrivers
    void to_finish_twice_does_not_end_the_clients_next_request(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            for (int i = 1; i <= 4; i++) {
                client.send(get("/" + i));
                int times = i;
                Await.until("it is parked", () -> plugin.parked == times);
                assertTrue(plugin.handle.isRunning());
                plugin.onWorker.run();
                assertEquals("/" + i, client.response().text());
            }
        }
        assertEquals(0, Counters.failures(server));
    }

    @OnBothDrivers
    void nobody_has_the_ticket_zero(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/1"));
            Await.until("it is parked", () -> plugin.parked == 1);
            assertFalse(plugin.handle.isParked(0));
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void a_handler_may_go_on_before_it_has_returned(String driver) {
        try (RawClient client = servers.start(driver, CONF).client()) {
            assertEquals("at once", client.send(get("/at-once")).response().text());
            assertEquals(
                    "at once", client.send(get("/at-once?phase")).response().text());
        }
    }

    @OnBothDrivers
    void to_park_without_a_ticket_is_a_bug_that_is_told(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            assertEquals(500, client.send(get("/none")).response().status());
        }
        assertEquals(1, Counters.failures(server));
    }
}
