package io.sluice.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.driver.ScriptedConnection;
import io.sluice.testkit.driver.Stepped;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How a client of the echo server can end. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EchoEndingsTest {
    private static final Duration IDLE = Duration.ofSeconds(60);

    private static Stepped start() {
        return Stepped.of(new EchoPlugin()).start("echo.listen = 7");
    }

    @Test
    void an_idle_client_is_closed_when_its_time_is_up_and_not_before() {
        try (Stepped server = start()) {
            ScriptedConnection client = server.connect();
            server.advance(IDLE.minusMillis(1));
            client.receives("x");
            server.settle();
            server.advance(IDLE.minusMillis(1));
            assertTrue(client.isOpen());
            server.advance(Duration.ofMillis(1));
            assertTrue(client.isClosed());
        }
    }

    @Test
    void so_is_one_that_takes_nothing() {
        try (Stepped server = start()) {
            ScriptedConnection client = server.connect().takes(1).receives("hello");
            server.settle();
            server.advance(IDLE.minusMillis(1));
            client.takes(1);
            server.settle();
            server.advance(IDLE.minusMillis(1));
            assertTrue(client.isOpen());
            server.advance(Duration.ofMillis(1));
            assertTrue(client.isReset() || client.isClosed());
            assertEquals("he", client.sent());
        }
    }

    @Test
    void a_client_that_resets_leaves_nothing() {
        try (Stepped server = start()) {
            ScriptedConnection resting = server.connect();
            ScriptedConnection held = server.connect().takes(1).receives("hello");
            server.settle();
            resting.resets();
            held.resets();
            server.settle();
            assertTrue(resting.isClosed() && held.isClosed());
        }
    }

    @Test
    void a_quitting_server_closes_who_rests_and_finishes_with_the_others() {
        try (Stepped server = start()) {
            ScriptedConnection resting = server.connect();
            ScriptedConnection held = server.connect().takes(1).receives("hello");
            server.settle();
            server.quit();
            assertTrue(resting.isClosed() && held.isOpen());
            held.takesAll();
            server.settle();
            assertEquals("hello", held.sent());
            assertTrue(held.isClosed());
        }
    }

    @Test
    void who_sends_without_end_lets_others_go_first() {
        try (Stepped server = start()) {
            ScriptedConnection greedy = server.connect().receives("x".repeat(100_000));
            ScriptedConnection modest = server.net().connect().receives("y");
            server.turn();
            server.turn();
            assertEquals("y", modest.sent());
            assertTrue(greedy.sentBytes() < 20_000);
            server.settle();
            assertEquals(100_000, greedy.sentBytes());
        }
    }
}
