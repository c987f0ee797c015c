package io.sluice.http;

import static io.sluice.testkit.client.RawClient.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that a handler leaves for later: another thread brings them back to the worker. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ParkedRequestTest {
    /** Parks, and gives the test what goes on with it. */
    private static final class Parking implements Plugin {
        private final Queue<Runnable> parked = new ConcurrentLinkedQueue<>();
        private final AtomicInteger aborted = new AtomicInteger();

        @Override
        public String id() {
            return "parking";
        }

        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder)
                    .content(
                            "parking",
                            location -> worker -> request -> park(worker, request, ticket -> {
                                request.respond(200, "later " + request.path());
                                request.finish(ticket);
                            }))
                    .phase(Phase.ACCESS, "parking-access", worker -> request -> {
                        return "ask=first".equals(request.query())
                                ? park(worker, request, request::resume)
                                : Outcome.DECLINED;
                    });
        }

        private Outcome park(WorkerContext worker, HttpRequest request, LongConsumer then) {
            long ticket = request.park();
            request.listener(aborted::incrementAndGet);
            parked.add(() -> worker.execute(() -> {
                if (request.isParked(ticket)) {
                    then.accept(ticket);
                }
            }));
            return Outcome.PARKED;
        }

        private void next() {
            Await.until("a parked request", () -> !parked.isEmpty());
            parked.remove().run();
        }
    }

    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [ { path = "/", return { status = 200, text = "at once" } }, { path = "/later", parking = on } ]
            } ]
            """;

    private final Parking parking = new Parking();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), parking);

    @OnBothDrivers
    void it_is_answered_when_it_is_finished(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client();
                RawClient other = server.client()) {
            for (int i = 0; i < 3; i++) {
                client.send(get("/later/" + i));
                Await.until("it is parked", () -> !parking.parked.isEmpty());
                assertEquals("at once", other.send(get("/")).response().text());
                assertTrue(client.isSilent());
                parking.next();
                assertEquals("later /later/" + i, client.response().text());
            }
        }
    }

    @OnBothDrivers
    void a_phase_that_parked_goes_on_behind_itself(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/?ask=first"));
            Await.until("it is parked", () -> !parking.parked.isEmpty());
            assertTrue(client.isSilent());
            parking.next();
            assertEquals("at once", client.response().text());
            client.send(get("/later/x?ask=first"));
            parking.next();
            parking.next();
            assertEquals("later /later/x", client.response().text());
        }
    }

    @OnBothDrivers
    void requests_of_several_clients_may_be_finished_in_any_order(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient first = server.client();
                RawClient second = server.client()) {
            first.send(get("/later/1"));
            Await.until("one is parked", () -> parking.parked.size() == 1);
            second.send(get("/later/2"));
            Await.until("two are parked", () -> parking.parked.size() == 2);
            Runnable one = parking.parked.remove();
            parking.next();
            assertEquals("later /later/2", second.response().text());
            assertTrue(first.isSilent());
            one.run();
            assertEquals("later /later/1", first.response().text());
        }
    }

    @OnBothDrivers
    void what_is_pipelined_behind_it_waits(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/later/1") + get("/") + get("/later/2"));
            Await.until("it is parked", () -> !parking.parked.isEmpty());
            server.turn();
            assertTrue(client.isSilent());
            parking.next();
            assertEquals("later /later/1", client.response().text());
            assertEquals("at once", client.response().text());
            parking.next();
            assertEquals("later /later/2", client.response().text());
        }
    }

    @OnBothDrivers
    void its_listener_hears_that_the_client_is_gone_and_what_comes_later_does_no_harm(String driver) {
        TestServer server = servers.start(driver, CONF);
        for (int i = 1; i <= 2; i++) {
            try (RawClient client = server.client()) {
                client.send(get("/later/1"));
                Await.until("it is parked", () -> !parking.parked.isEmpty());
                if (i == 1) {
                    client.reset();
                } else {
                    client.shutdownOutput();
                }
                int times = i;
                Await.until("it is told", () -> parking.aborted.get() == times);
                server.awaitOpen(0);
                server.assertNothingHeld();
                parking.next();
                server.turn();
            }
        }
        assertEquals(0, Counters.failures(server));
    }

    @OnBothDrivers
    void it_ends_with_the_server(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/later/1"));
            Await.until("it is parked", () -> !parking.parked.isEmpty());
            server.close();
            assertEquals(1, parking.aborted.get());
            client.awaitEnding();
        }
    }
}
