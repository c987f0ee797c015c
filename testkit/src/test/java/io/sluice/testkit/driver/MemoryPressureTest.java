package io.sluice.testkit.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.event.spi.Capability;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What plugins take for whole connections counts: over the budget reusable connections go first, then who holds nothing yet waits. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MemoryPressureTest {
    private static final int EACH = 32 * 1024;
    private static final String FOUR = "worker-memory = 128k";

    private final Recorder plugin = new Recorder("tiny");
    private final List<Connection> connections = new ArrayList<>();

    /** Each connection takes its memory at once. */
    private Stepped start(String more, boolean reusable) {
        plugin.in("accepted", c -> {
            connections.add(c);
            c.reusable(reusable);
            c.pool().take(EACH);
        });
        plugin.in("readable", c -> {});
        return plugin.start(more);
    }

    @Test
    void what_a_connection_takes_is_counted_until_it_ends() {
        try (Stepped server = start(FOUR, false)) {
            server.connect();
            assertEquals(EACH, server.worker().status().reservedBytes());
            plugin.last.close(CloseReason.FINISHED);
            server.settle();
            assertEquals(0, server.worker().status().reservedBytes());
        }
    }

    @Test
    void the_oldest_reusable_connections_are_closed_first() {
        try (Stepped server = start(FOUR, true)) {
            List<ScriptedConnection> clients = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                clients.add(server.connect());
            }
            assertEquals(
                    List.of(true, true, false, false, false, false),
                    clients.stream().map(ScriptedConnection::isClosed).toList());
            assertEquals(
                    2, plugin.heard.stream().filter("closed DRAINED"::equals).count());
            assertTrue(server.log().has("worker-memory is not enough, reusing connections"));
        }
    }

    @Test
    void with_nobody_to_close_new_connections_wait_in_the_systems_queue() {
        try (Stepped server = start(FOUR, false)) {
            for (int i = 0; i < 5; i++) {
                assertTrue(server.connect().isAccepted());
            }
            ScriptedConnection sixth = server.connect();
            ScriptedConnection seventh = server.connect();
            assertFalse(sixth.isAccepted() || seventh.isAccepted());
            connections.getFirst().close(CloseReason.FINISHED);
            server.settle();
            assertTrue(sixth.isAccepted());
            assertFalse(seventh.isAccepted(), "the fifth that there is room for was let in already");
            connections.get(1).close(CloseReason.FINISHED);
            connections.get(2).close(CloseReason.FINISHED);
            server.settle();
            assertTrue(seventh.isAccepted());
        }
    }

    @Test
    void a_server_that_ends_while_somebody_waits_leaves_nothing() {
        try (Stepped server = start(FOUR, false)) {
            for (int i = 0; i < 7; i++) {
                server.connect();
            }
            server.quit();
            connections.forEach(c -> c.close(CloseReason.FINISHED));
            server.settle();
        }
    }

    @Test
    void who_accepts_for_all_gives_to_those_that_have_memory() {
        plugin.in("accepted", c -> {
            connections.add(c);
            c.pool().take(EACH);
        });
        plugin.in("readable", c -> {});
        try (Stepped server = Stepped.of(plugin)
                .capabilities(EnumSet.noneOf(Capability.class))
                .start("tiny.listen = 7\nworkers = 2\nworker-memory = 64k")) {
            for (int i = 0; i < 6; i++) {
                assertTrue(server.connect().isAccepted(), "client " + i);
            }
            long first = server.worker().status().reservedBytes();
            for (int i = 1; i < 6; i += 2) {
                connections.get(i).close(CloseReason.FINISHED);
            }
            server.settle();
            assertEquals(0, server.server().workers().get(1).status().reservedBytes());
            for (int i = 0; i < 3; i++) {
                assertTrue(server.connect().isAccepted(), "of the second worker");
            }
            assertEquals(first, server.worker().status().reservedBytes(), "who is over gets no more");
            assertFalse(server.connect().isAccepted(), "all are over");
            connections.forEach(c -> {
                if (c.isOpen()) {
                    c.close(CloseReason.FINISHED);
                }
            });
            server.settle();
            assertEquals(10, connections.size());
        }
    }
}
