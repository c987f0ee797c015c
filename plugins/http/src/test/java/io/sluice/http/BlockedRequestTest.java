package io.sluice.http;

import static io.sluice.testkit.client.RawClient.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.event.WorkerStatus;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who works for a request elsewhere finds it and its memory as it was, whatever its client does meanwhile. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BlockedRequestTest {
    /** {@code work = on}: somebody works for the request until the test says that they are done. */
    private static final class Working implements Plugin {
        private record Work(WorkerContext worker, HttpRequest request, Buf buf, long ticket) {}

        private final ConcurrentLinkedQueue<Work> begun = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();

        @Override
        public String id() {
            return "work";
        }

        @Override
        public void configure(PluginBinder binder) {
            HttpBinder.of(binder)
                    .content("work", _ -> worker -> request -> begin(worker, request))
                    .content(
                            "parts",
                            _ -> _ -> request -> {
                                request.status(200);
                                request.sendHeader();
                                request.subrequest("/work", null, done -> told.add("part " + done.status()));
                                return Outcome.DONE;
                            });
        }

        private Outcome begin(WorkerContext worker, HttpRequest request) {
            Buf buf = request.pool().take(8);
            long ticket = request.park();
            request.listener(() -> told.add("aborted"));
            request.block();
            begun.add(new Work(worker, request, buf, ticket));
            return Outcome.PARKED;
        }

        /** Writes into the memory of the request on its worker, then lets go of it. */
        private void done() {
            Await.until("the work has begun", () -> !begun.isEmpty());
            Work work = begun.remove();
            Phaser written = new Phaser(2);
            work.worker().execute(() -> {
                try {
                    work.buf().putAscii("worked");
                    told.add(work.buf().text());
                    HttpRequest request = work.request();
                    if (request.isParked(work.ticket())) {
                        request.respond(200, work.buf().text());
                        request.finish(work.ticket());
                    }
                    told.add("runs " + request.isRunning());
                    request.unblock();
                    told.add("runs " + request.isRunning());
                } catch (RuntimeException failure) {
                    told.add(failure.toString());
                } finally {
                    written.arrive();
                }
            });
            written.arriveAndAwaitAdvance();
        }
    }

    private static final String CONF = """
            http.servers = [ {
              listen = ["127.0.0.1:0"]
              locations = [
                { path = "/", return { status = 200, text = "at once" } }
                { path = "/work", work = on }
                { path = "/parts", parts = on }
              ]
            } ]
            """;

    private final Working working = new Working();

    @RegisterExtension
    final TestServers servers = new TestServers(new HttpPlugin(), working);

    @OnBothDrivers
    void a_request_that_is_finished_waits_for_who_works_for_it(String driver) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            for (int i = 0; i < 3; i++) {
                client.send(get("/work") + get("/"));
                working.done();
                assertEquals("worked", client.response().text());
                assertEquals("at once", client.response().text());
                assertTrue(working.told.contains("runs true"), working.told.toString());
                working.told.clear();
            }
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void when_the_client_goes_the_connection_ends_and_the_memory_stays(String driver) {
        goes(driver, "/work");
    }

    @OnBothDrivers
    void when_the_client_of_a_page_goes_all_of_it_stays_for_the_part(String driver) {
        goes(driver, "/parts");
    }

    private void goes(String driver, String path) {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client();
                RawClient other = server.client()) {
            client.send(get(path));
            Await.until("it is blocked", () -> !working.begun.isEmpty());
            client.reset();
            server.awaitOpen(1);
            Await.until("it is told", () -> working.told.contains("aborted"));
            assertEquals(1, server.sum(WorkerStatus::requests), "the request is there");
            assertTrue(server.sum(WorkerStatus::reservedBytes) > 0, "and so is its memory");
            assertTrue(server.sum(WorkerStatus::slabBytesInUse) > 0);
            // Others do not get its memory.
            assertEquals("at once", other.send(get("/")).response().text());
            working.done();
            assertTrue(working.told.contains("worked"), working.told.toString());
            assertTrue(working.told.contains("runs true"), working.told.toString());
            assertTrue(working.told.contains("runs false"), working.told.toString());
        }
        server.awaitOpen(0);
        server.assertNothingHeld();
        assertEquals(0, Counters.failures(server));
    }

    @OnBothDrivers
    void a_server_that_quits_waits_for_it_although_its_client_is_gone(String driver) throws InterruptedException {
        TestServer server = servers.start(driver, CONF);
        try (RawClient client = server.client()) {
            client.send(get("/work"));
            Await.until("it is blocked", () -> !working.begun.isEmpty());
            client.reset();
            server.awaitOpen(0);
            Stopping.quit(server);
            server.turn();
            assertFalse(server.server().await(Duration.ZERO));
            working.done();
            Stopping.awaitEnd(server);
        }
        assertTrue(working.told.contains("worked"), working.told.toString());
    }
}
