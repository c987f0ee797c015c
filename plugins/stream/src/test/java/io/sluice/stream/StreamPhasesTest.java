package io.sluice.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.testkit.client.RawClient;
import io.sluice.testkit.origin.Origin;
import io.sluice.testkit.server.TestServer;
import io.sluice.testkit.server.TestServers;
import io.sluice.testkit.wire.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What handlers of plugins may say in each phase (10.2 of nginx's behaviour). */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StreamPhasesTest {
    /** What the handlers of {@link Probe} do; set by each test. */
    private volatile Function<StreamSession, StreamOutcome> access = session -> StreamOutcome.DECLINED;

    private volatile Function<StreamSession, StreamOutcome> preread = session -> StreamOutcome.DECLINED;
    private final List<String> told = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final TestServers servers = Streams.servers(new Probe());

    /** A plugin with a handler in several phases. */
    private final class Probe implements Plugin {
        @Override
        public String id() {
            return "probe";
        }

        @Override
        public void configure(PluginBinder binder) {
            StreamBinder.of(binder)
                    .phase(StreamPhase.ACCESS, "probe", worker -> session -> access.apply(session))
                    .phase(
                            StreamPhase.ACCESS,
                            "second",
                            worker -> session -> tell("second"),
                            List.of(),
                            List.of("probe"))
                    .phase(StreamPhase.PREREAD, "probe", worker -> session -> preread.apply(session))
                    .phase(StreamPhase.LOG, "probe", worker -> session -> tell("log " + session.status()));
        }

        private StreamOutcome tell(String what) {
            told.add(what);
            return StreamOutcome.DECLINED;
        }
    }

    private TestServer start(String driver) {
        Origin origin = servers.closing(Origin.running(Streams.echoing()));
        return servers.startWithHandClock(
                driver, Streams.with("stream { preread-buffer-size = 8, preread-timeout = 30s }", origin));
    }

    private void awaitTold(String... wanted) {
        Await.until(List.of(wanted) + " was told", () -> told.size() >= wanted.length);
        assertEquals(List.of(wanted), told);
    }

    @OnBothDrivers
    void declined_asks_the_next_and_next_phase_does_not(String driver) {
        told.clear();
        TestServer server = start(driver);
        try (RawClient client = server.client()) {
            assertEquals("1", client.send("1").read(1));
        }
        awaitTold("second", "log 200");
        told.clear();
        access = session -> StreamOutcome.NEXT_PHASE;
        try (RawClient client = server.client()) {
            assertEquals("1", client.send("1").read(1));
        }
        awaitTold("log 200");
    }

    @OnBothDrivers
    void a_handler_ends_a_session_with_its_status(String driver) {
        access = session -> session.end(StreamSession.FORBIDDEN);
        TestServer server = start(driver);
        try (RawClient client = server.client()) {
            client.awaitClosed();
        }
        awaitTold("log 403");
        server.awaitOpen(0);
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_handler_that_throws_ends_its_session_only(String driver) {
        access = session -> {
            throw new AssertionError("a bug");
        };
        TestServer server = start(driver);
        try (RawClient client = server.client()) {
            client.awaitClosed();
        }
        awaitTold("log 500");
        assertEquals(1, server.counters().failures());
        access = session -> StreamOutcome.DECLINED;
        try (RawClient client = server.client()) {
            assertEquals("1", client.send("1").read(1));
        }
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void an_answer_that_makes_no_sense_is_a_bug_of_the_handler(String driver) {
        TestServer server = start(driver);
        for (StreamOutcome senseless :
                List.of(StreamOutcome.MORE, StreamOutcome.PARKED, StreamOutcome.TAKEN, StreamOutcome.ENDED)) {
            access = session -> senseless;
            try (RawClient client = server.client()) {
                client.awaitClosed();
            }
        }
        awaitTold("log 500", "log 500", "log 500", "log 500");
        server.awaitOpen(0);
    }

    @OnBothDrivers
    void a_session_that_is_parked_goes_on_with_its_ticket_once(String driver) {
        List<StreamSession> parked = new CopyOnWriteArrayList<>();
        List<Long> tickets = new CopyOnWriteArrayList<>();
        access = session -> {
            tickets.add(session.park());
            parked.add(session);
            return StreamOutcome.PARKED;
        };
        TestServer server = start(driver);
        try (RawClient client = server.client()) {
            client.send("1");
            Await.until("it is parked", () -> parked.size() == 1);
            server.turn();
            assertEquals(1, server.openConnections());
            onWorker(server, () -> {
                parked.getFirst().resume(tickets.getFirst() + 1);
                assertTrue(told.isEmpty());
                parked.getFirst().resume(tickets.getFirst());
                parked.getFirst().resume(tickets.getFirst());
            });
            assertEquals("1", client.read(1));
        }
        awaitTold("second", "log 200");
    }

    private static void onWorker(TestServer server, Runnable task) {
        server.server().workers().getFirst().execute(task);
    }

    @OnBothDrivers
    void a_session_may_be_told_to_go_on_before_its_handler_has_returned(String driver) {
        access = session -> {
            session.resume(session.park());
            return StreamOutcome.PARKED;
        };
        TestServer server = start(driver);
        try (RawClient client = server.client()) {
            assertEquals("1", client.send("1").read(1));
        }
        awaitTold("second", "log 200");
    }

    @OnBothDrivers
    void a_server_that_stops_ends_who_is_parked(String driver) {
        access = session -> {
            session.park();
            return StreamOutcome.PARKED;
        };
        TestServer server = start(driver);
        try (RawClient client = server.client()) {
            server.awaitOpen(1);
            server.close();
            client.awaitEnding();
        }
        assertEquals(List.of("log 200"), told);
    }

    private static boolean begins(StreamSession session, String wanted) {
        Buf read = session.preread();
        return read != null && read.size() >= wanted.length() && read.text().startsWith(wanted);
    }

    @OnBothDrivers
    void a_preread_handler_gets_bytes_until_it_knows_and_the_peer_gets_them_all(String driver) {
        List<String> seen = new CopyOnWriteArrayList<>();
        preread = session -> {
            Buf read = session.preread();
            seen.add(read == null ? "nothing" : read.text());
            return begins(session, "key;") ? StreamOutcome.NEXT_PHASE : StreamOutcome.MORE;
        };
        TestServer server = start(driver);
        try (RawClient client = server.client()) {
            for (String piece : List.of("k", "e", "y", ";")) {
                client.send(piece);
                Await.until(
                        "the handler has seen it",
                        () -> !seen.isEmpty() && seen.getLast().endsWith(piece));
            }
            client.send("more than the buffer");
            assertEquals("key;more than the buffer", client.read(24));
            Await.until("nothing is held", () -> server.counters().bufferBytes() == 0);
            assertEquals(0, server.counters().reservedBytes());
        }
        assertEquals(List.of("nothing", "k", "ke", "key", "key;"), seen);
        awaitTold("second", "log 200");
    }

    @OnBothDrivers
    void a_preread_that_fills_its_buffer_is_400(String driver) {
        preread = session -> StreamOutcome.MORE;
        TestServer server = start(driver);
        try (RawClient client = server.client()) {
            client.send("12345678");
            client.awaitEnding();
        }
        awaitTold("second", "log 400");
        Await.until("the line", () -> server.log().has("preread buffer full"));
        server.assertNothingHeld();
    }

    @OnBothDrivers
    void a_client_that_ends_or_is_too_slow_while_it_is_preread_is_200(String driver) {
        preread = session -> StreamOutcome.MORE;
        TestServer server = start(driver);
        try (RawClient client = server.client()) {
            client.send("123");
            client.shutdownOutput();
            client.awaitClosed();
        }
        awaitTold("second", "log 200");
        try (RawClient client = server.client()) {
            client.send("1");
            server.awaitOpen(1);
            server.advance(Duration.ofSeconds(20));
            // Not begun anew for each piece.
            client.send("2");
            server.turn();
            server.advance(Duration.ofSeconds(11));
            client.awaitClosed();
        }
        awaitTold("second", "log 200", "second", "log 200");
        server.assertNothingHeld();
    }
}
