package io.sluice.testkit.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Pool;
import io.sluice.core.config.ConfigurationException;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.log.IoFault;
import io.sluice.core.time.Timer;
import io.sluice.event.Connector;
import io.sluice.event.spi.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SteppedTest {
    private static final Address PEER = Address.inet(new byte[] {10, 0, 0, 1}, 9000);

    private final Recorder plugin = new Recorder("tiny");

    @Test
    void a_client_is_accepted_and_heard() {
        try (Stepped server = plugin.start()) {
            ScriptedConnection client = server.connect().receivesInPieces("hello", 1);
            server.settle();
            assertEquals("hello", plugin.read.toString());
            client.ends();
            server.settle();
            assertTrue(client.isClosed());
            assertEquals("closed PEER_CLOSED", plugin.heard.getLast());
        }
    }

    @Test
    void time_stands_still_until_it_is_moved() {
        try (Stepped server = plugin.start()) {
            ScriptedConnection client = server.connect();
            plugin.last.readTimeout(1000);
            server.advance(Duration.ofMillis(999));
            assertTrue(client.isOpen());
            server.advance(Duration.ofMillis(1));
            assertTrue(client.isClosed());
            assertEquals(List.of("timedOut READ", "closed TIMED_OUT"), plugin.heard.subList(2, 4));
        }
    }

    @Test
    void each_timer_fires_at_its_own_moment() {
        try (Stepped server = plugin.start()) {
            List<Long> at = new ArrayList<>();
            long start = plugin.context.time().nanos();
            Timer[] timer = new Timer[1];
            timer[0] = plugin.context
                    .timers()
                    .create(
                            () -> {
                                at.add((plugin.context.time().nanos() - start) / 1_000_000);
                                timer[0].setMillis(10);
                            },
                            true);
            timer[0].setMillis(10);
            server.advance(Duration.ofMillis(45));
            assertEquals(List.of(10L, 20L, 30L, 40L), at);
        }
    }

    @Test
    void a_connect_of_the_server_is_answered_by_the_test() {
        try (Stepped server = plugin.start()) {
            Connection made = dial();
            ScriptedConnection peer = server.outgoing();
            assertEquals(PEER, peer.remoteAddress());
            peer.accepts().receives("welcome");
            server.settle();
            assertEquals(List.of("connected", "readable"), plugin.heard);
            assertEquals("welcome", plugin.read.toString());
            made.close(CloseReason.FINISHED);
            assertTrue(peer.isClosed());
        }
    }

    /** It is told once: with a short read, that does not know of the end, nobody would ever hear of it. */
    @Test
    void a_peer_that_speaks_and_ends_before_its_connect_is_told_has_its_end_noted() {
        try (Stepped server = plugin.start()) {
            List<Boolean> closed = new ArrayList<>();
            plugin.in("connected", c -> closed.add(c.readReady() && c.peerClosed()));
            dial();
            server.outgoing().accepts().receives("bye").ends();
            server.settle();
            assertEquals(List.of(true), closed);
            assertEquals("bye", plugin.read.toString());
        }
    }

    @Test
    void a_connect_is_refused_or_times_out() {
        try (Stepped server = plugin.start()) {
            dial();
            server.outgoing().refuses(IoFault.REFUSED);
            server.settle();
            assertEquals(List.of("connectFailed", "closed IO_ERROR"), plugin.heard);
            dial();
            server.advance(Duration.ofMillis(100));
            assertEquals(List.of("timedOut WRITE", "closed TIMED_OUT"), plugin.heard.subList(2, 4));
            assertTrue(server.outgoing().isClosed());
        }
    }

    private Connection dial() {
        Connector connector = plugin.context.service(Connector.class);
        Recorder.Session session = new Recorder.Session(null);
        session.connection = connector.connect(
                PEER,
                OutgoingOptions.DEFAULT,
                plugin.context.claim(plugin.key),
                session,
                100,
                plugin.context.log().speaker());
        return session.connection;
    }

    @Test
    void two_workers_turn_one_after_the_other() {
        try (Stepped server = plugin.start("workers = 2")) {
            assertEquals(2, server.server().workers().size());
            server.connect().receives("x");
            server.settle();
            assertEquals("x", plugin.read.toString());
        }
    }

    @Test
    void without_shared_accept_connections_are_handed_to_the_workers_in_turn() {
        EnumSet<Capability> portable = EnumSet.complementOf(EnumSet.of(Capability.SHARED_ACCEPT));
        try (Stepped server = Stepped.of(plugin).capabilities(portable).start("tiny.listen = 7\nworkers = 2")) {
            for (int i = 0; i < 4; i++) {
                server.connect();
            }
            server.server()
                    .workers()
                    .forEach(worker -> assertEquals(2, worker.status().open()));
        }
    }

    @Test
    void a_connection_of_which_the_plugin_forgot_is_found_to_be_open_no_more() {
        Stepped server = plugin.start();
        ScriptedConnection client = server.connect();
        server.close();
        assertTrue(client.isClosed());
        assertEquals("closed SHUTDOWN", plugin.heard.getLast());
    }

    @Test
    void memory_that_is_not_given_back_fails_the_test() {
        Stepped server = plugin.start();
        plugin.context.pool().take(1000);
        AssertionError told = assertThrows(AssertionError.class, server::close);
        assertTrue(told.getMessage().contains("1024 bytes of buffers in use"), told.getMessage());
    }

    @Test
    void a_reservation_and_a_lease_that_stay_fail_the_test() {
        Stepped reserved = plugin.start();
        assertTrue(plugin.context.budget().tryReserve(10));
        assertTrue(
                assertThrows(AssertionError.class, reserved::close).getMessage().contains("10 bytes reserved"));
        Stepped leased = plugin.start();
        plugin.context.requestStarted();
        assertTrue(
                assertThrows(AssertionError.class, leased::close).getMessage().contains("1 requests"));
    }

    @Test
    void a_server_that_does_not_come_to_rest_fails_the_test() {
        try (Stepped server = plugin.in("readable", Connection::postReadNext).start()) {
            assertThrows(AssertionError.class, server::connect);
        }
    }

    @Test
    void what_is_wrong_with_the_configuration_is_thrown() {
        ConfigurationException wrong =
                assertThrows(ConfigurationException.class, () -> plugin.start("tiny.lissen = 8"));
        assertTrue(wrong.getMessage().contains("test.conf:2"), wrong.getMessage());
        String deferred = "tiny.listen = { address = \"7\", deferred = on }";
        IllegalStateException lacking = assertThrows(
                IllegalStateException.class,
                () -> Stepped.of(plugin).capabilities(Set.of()).start(deferred));
        assertTrue(lacking.getMessage().contains("deferred: the driver scripted"), lacking.getMessage());
    }

    @Test
    void a_quitting_server_closes_what_is_idle_and_lets_the_rest_finish() {
        try (Stepped server = plugin.start()) {
            ScriptedConnection busy = server.connect();
            ScriptedConnection idle = server.connect();
            plugin.last.idle(true);
            server.quit();
            assertTrue(idle.isClosed() && busy.isOpen());
            assertThrows(IllegalStateException.class, server::connect, "it does not listen any more");
            busy.ends();
            server.settle();
            assertTrue(busy.isClosed());
        }
    }

    @Test
    void exhausted_descriptors_pause_accepting_and_are_told_once() {
        try (Stepped server = plugin.start()) {
            server.net().exhaustDescriptors(true);
            ScriptedConnection client = server.net().connect();
            server.settle();
            server.advance(Duration.ofMillis(1600));
            assertFalse(client.isAccepted());
            assertEquals(1, server.log().count("accept() failed, accepting pauses for 500 ms"));
            server.net().exhaustDescriptors(false);
            server.advance(Duration.ofMillis(500));
            assertTrue(client.isAccepted());
        }
    }

    /** One is free now and then, and somebody takes it at once: that is one shortage. */
    @Test
    void a_shortage_with_gaps_is_told_once_and_the_next_one_again() {
        try (Stepped server = plugin.start()) {
            for (int i = 0; i < 3; i++) {
                server.net().exhaustDescriptors(true);
                ScriptedConnection client = server.net().connect();
                server.settle();
                server.net().exhaustDescriptors(false);
                server.advance(Duration.ofMillis(500));
                assertTrue(client.isAccepted());
            }
            assertEquals(1, server.log().count("accept() failed, accepting pauses for 500 ms"));
            server.advance(Duration.ofSeconds(10));
            server.net().exhaustDescriptors(true);
            server.net().connect();
            server.settle();
            assertEquals(2, server.log().count("accept() failed, accepting pauses for 500 ms"));
        }
    }

    @Test
    void a_listening_socket_that_cannot_be_watched_again_is_tried_until_it_can() {
        try (Stepped server = plugin.start()) {
            server.net().exhaustDescriptors(true);
            ScriptedConnection client = server.net().connect();
            server.settle();
            server.net().exhaustDescriptors(false);
            server.net().refuseToWatch(true);
            server.advance(Duration.ofMillis(2000));
            assertFalse(client.isAccepted());
            server.net().refuseToWatch(false);
            server.advance(Duration.ofMillis(500));
            assertTrue(client.isAccepted());
        }
    }

    @Test
    void who_is_queued_when_the_server_quits_is_accepted() {
        try (Stepped server = plugin.start()) {
            ScriptedConnection client = server.net().connect();
            server.server().quit();
            server.turn();
            assertTrue(client.isAccepted());
        }
    }

    @Test
    void a_pool_of_the_worker_is_the_plugins_to_end() {
        try (Stepped server = plugin.start()) {
            Pool pool = plugin.context.pool();
            pool.take(5000);
            server.turn();
            assertEquals(8192, server.counters().bufferBytes());
            pool.end();
            server.turn();
            assertEquals(0, server.counters().bufferBytes());
        }
    }
}
