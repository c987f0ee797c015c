package io.sluice.testkit.driver;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.connection.StaleConnectionException;
import io.sluice.event.spi.Readiness;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A handle kept too long meets an error, and never the client that has the slot now. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StaleHandleTest {
    private final Recorder plugin = new Recorder("tiny");

    @Test
    void every_use_of_a_closed_connection_is_refused() {
        try (Stepped server = plugin.start()) {
            Connection stale = closed(server);
            uses(stale).forEach((use, call) -> assertThrows(StaleConnectionException.class, call, use));
            server.settle();
            // The same when its slot is another client's.
            server.connect();
            assertTrue(plugin.last.isOpen());
            uses(stale).forEach((use, call) -> assertThrows(StaleConnectionException.class, call, use));
            server.settle();
            assertTrue(plugin.last.isOpen());
        }
    }

    @Test
    void and_leaves_the_next_client_in_the_slot_alone() {
        try (Stepped server = plugin.start()) {
            Connection stale = closed(server);
            ScriptedConnection next = server.connect().takes(0);
            Connection current = plugin.last;
            assertNotEquals(stale.number(), current.number());
            next.receives("untouched");
            uses(stale).forEach((use, call) -> assertThrows(StaleConnectionException.class, call, use));
            assertDoesNotThrow(() -> stale.close(CloseReason.FINISHED), "a second close does nothing");
            assertDoesNotThrow(() -> stale.failed("late", new IllegalStateException("bug")));
            assertFalse(stale.isOpen());
            assertTrue(current.isOpen());
            assertFalse(current.isReusable() || current.isIdle());
            assertEquals(0, current.buffered());
            server.advance(Duration.ofDays(1));
            assertEquals("untouched", plugin.read.toString());
            assertTrue(next.isOpen() && next.sent().isEmpty() && !next.isHalfClosed());
        }
    }

    @Test
    void who_it_was_can_still_be_asked() {
        try (Stepped server = plugin.start()) {
            server.connect();
            Connection c = plugin.last;
            String client = c.remoteAddress().toString();
            c.close(CloseReason.FINISHED);
            assertEquals(client, c.remoteAddress().toString());
            assertEquals(1, c.number());
            assertEquals("0.0.0.0:7", c.listening().address().toString());
        }
    }

    @Test
    void a_late_result_for_a_closed_connection_is_dropped() {
        try (Stepped server = plugin.start()) {
            ScriptedConnection first = server.connect();
            plugin.last.close(CloseReason.FINISHED);
            server.connect();
            plugin.heard.clear();
            server.net().driver(0).report(first.token(), Readiness.READ | Readiness.WRITE | Readiness.ERROR);
            server.turn();
            assertEquals(List.of(), plugin.heard);
        }
    }

    /** One result of a batch closes the connection of another, and a third client gets its slot in the same turn. */
    @Test
    void a_result_of_the_same_turn_does_not_reach_the_next_owner_of_the_slot() {
        try (Stepped server = plugin.start()) {
            ScriptedConnection killer = server.connect();
            ScriptedConnection victim = server.connect();
            Connection victims = plugin.last;
            plugin.in("readable", c -> {
                if (victims.isOpen()) {
                    victims.close(CloseReason.FINISHED);
                    server.net().connect();
                }
                plugin.readAll(c);
            });
            killer.receives("k");
            victim.receives("v");
            server.turn();
            assertTrue(victim.isClosed());
            assertEquals("k", plugin.read.toString());
        }
    }

    @Test
    void timers_and_posted_events_of_a_closed_connection_do_not_fire_for_the_next() {
        assertEquals(heardOfTheNext(c -> {}), heardOfTheNext(c -> {
            c.readTimeout(5);
            c.writeTimeout(5);
            c.postRead();
            c.postWriteNext();
        }));
    }

    /** What a client hears that takes the slot of one which has left something behind. */
    private List<String> heardOfTheNext(Consumer<Connection> leaving) {
        try (Stepped server = plugin.start()) {
            server.connect();
            leaving.accept(plugin.last);
            plugin.last.close(CloseReason.FINISHED);
            plugin.heard.clear();
            server.connect();
            server.advance(Duration.ofSeconds(1));
            return List.copyOf(plugin.heard);
        }
    }

    private Connection closed(Stepped server) {
        server.connect();
        Connection c = plugin.last;
        c.close(CloseReason.FINISHED);
        return c;
    }

    private Map<String, Executable> uses(Connection c) {
        Pool memory = plugin.context.pool();
        Buf buf = memory.take(64);
        buf.putAscii("x");
        Map<String, Executable> uses = new LinkedHashMap<>();
        uses.put("claim", () -> c.claim(plugin.context.claim(plugin.key), new Recorder.Session(c)));
        uses.put("data", () -> c.data(plugin.key));
        uses.put("claimedBy", c::claimedBy);
        uses.put("handOver", () -> c.handOver(plugin.context.claim(plugin.key), null));
        uses.put("handOverTo", () -> c.handOverTo(plugin.context.claim(plugin.key), new Recorder.Session(c)));
        uses.put("recv", () -> c.recv(buf));
        uses.put("recvChain", () -> c.recvChain(memory.link(buf), 10));
        uses.put("send", () -> c.send(buf));
        uses.put("sendChain", () -> c.sendChain(memory.link(buf), 10));
        uses.put("io", () -> c.io(c.io()));
        uses.put("shutdownOutput", c::shutdownOutput);
        uses.put("resetOnClose", c::resetOnClose);
        uses.put("readReady", c::readReady);
        uses.put("writeReady", c::writeReady);
        uses.put("readEof", c::readEof);
        uses.put("peerClosed", c::peerClosed);
        uses.put("readTimeout", () -> c.readTimeout(1));
        uses.put("clearReadTimeout", c::clearReadTimeout);
        uses.put("writeTimeout", () -> c.writeTimeout(1));
        uses.put("clearWriteTimeout", c::clearWriteTimeout);
        uses.put("postRead", c::postRead);
        uses.put("postReadNext", c::postReadNext);
        uses.put("postWrite", c::postWrite);
        uses.put("postWriteNext", c::postWriteNext);
        uses.put("reusable", () -> c.reusable(true));
        uses.put("isReusable", c::isReusable);
        uses.put("idle", () -> c.idle(true));
        uses.put("isIdle", c::isIdle);
        uses.put("option", () -> c.option(SocketOption.TCP_NODELAY, 1));
        uses.put("tcpNoDelay", c::tcpNoDelay);
        // Given back when the server turns, so that nothing is missing at its end.
        plugin.context.execute(memory::end);
        return uses;
    }
}
