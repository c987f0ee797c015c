package io.sluice.testkit.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.CloseReason;
import io.sluice.testkit.server.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin that throws ends its connection and nothing else; what is fatal ends the server. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConsumerFaultTest {
    private static final List<Throwable> BUGS = List.of(
            new IllegalStateException("bug"),
            new IOException("bug"),
            new AssertionError("bug"),
            new NoSuchMethodError("bug"),
            new StackOverflowError("bug"));

    @ParameterizedTest
    @ValueSource(strings = {"accepted", "readable", "writable", "timedOut", "closeRequested", "closed"})
    void what_a_consumer_throws_ends_that_connection_only(String call) {
        for (Throwable bug : BUGS) {
            Recorder plugin = new Recorder("tiny");
            try (Stepped server = plugin.start("worker-connections = 16")) {
                ScriptedConnection bystander = server.connect();
                ScriptedConnection victim = victimOf(call, plugin.throwing(call, bug), server);
                assertTrue(victim.isClosed(), call);
                assertEquals(1, server.counters().failures(), call);
                assertEquals(1, server.log().count("a plugin failed in " + call), call);
                assertTrue(server.log().has(bug.getClass().getName() + ": bug"), call);
                assertTrue(server.log().has("at io.sluice.testkit"), "the stack is in the log");
                long closes = plugin.heard.stream()
                        .filter(each -> each.startsWith("closed"))
                        .count();
                assertEquals(call.equals("accepted") ? 0 : 1, closes, "without a session there is nobody to tell");
                plugin.in(call, c -> {});
                bystander.receives("still served");
                plugin.in("readable", plugin::readAll);
                server.settle();
                assertTrue(bystander.isOpen());
                assertEquals("still served", plugin.read.toString());
            }
        }
    }

    /** Makes a client on which the call happens. */
    private static ScriptedConnection victimOf(String call, Recorder plugin, Stepped server) {
        switch (call) {
            case "writable" -> plugin.in("readable", c -> c.postWrite());
            case "timedOut" -> plugin.in("readable", c -> c.readTimeout(1));
            case "closeRequested" -> plugin.in("readable", c -> c.idle(true));
            case "closed" -> plugin.in("readable", c -> c.close(CloseReason.FINISHED));
            default -> {}
        }
        ScriptedConnection victim = server.connect();
        switch (call) {
            case "timedOut" -> server.advance(Duration.ofMillis(1));
            case "closeRequested" -> server.worker().pool().closeIdle();
            default -> server.settle();
        }
        server.settle();
        return victim;
    }

    @Test
    void a_bug_is_told_as_the_reason_of_the_close() {
        Recorder plugin = new Recorder("tiny").throwing("readable", new IllegalStateException("bug"));
        try (Stepped server = plugin.start()) {
            server.connect();
            assertEquals(List.of("accepted", "readable", "closed BUG"), plugin.heard);
        }
    }

    @Test
    void a_consumer_that_throws_in_accepted_is_not_asked_again() {
        Recorder plugin = new Recorder("tiny").throwing("accepted", new IllegalStateException("bug"));
        try (Stepped server = plugin.start()) {
            server.connect();
            assertEquals(List.of("accepted"), plugin.heard);
        }
    }

    @Test
    void what_is_thrown_while_closing_after_a_throw_is_told_too() {
        Recorder plugin = new Recorder("tiny")
                .throwing("readable", new IllegalStateException("first"))
                .throwing("closed", new IllegalStateException("second"));
        try (Stepped server = plugin.start()) {
            ScriptedConnection client = server.connect();
            assertTrue(client.isClosed());
            assertEquals(2, server.counters().failures());
            assertTrue(server.log().has("first") && server.log().has("second"));
        }
    }

    @Test
    void a_cleanup_that_throws_stops_no_other() {
        StringBuilder ran = new StringBuilder();
        Recorder plugin = new Recorder("tiny").in("accepted", c -> {
            c.pool().onEnd(() -> ran.append('a'));
            c.pool().onEnd(() -> {
                throw new IllegalStateException("bug");
            });
            c.pool().onEnd(() -> ran.append('b'));
        });
        try (Stepped server = plugin.start()) {
            server.connect().ends();
            server.settle();
            assertEquals("ba", ran.toString());
            assertTrue(server.log().has("a plugin failed in a cleanup of the connection's pool"));
        }
    }

    @Test
    void tasks_and_timers_that_throw_stop_no_other() {
        Recorder plugin = new Recorder("tiny");
        StringBuilder ran = new StringBuilder();
        try (Stepped server = plugin.start()) {
            Runnable bug = () -> {
                throw new IllegalStateException("bug");
            };
            plugin.context.execute(bug);
            plugin.context.execute(() -> ran.append('t'));
            plugin.context.timers().create(bug::run, true).setMillis(1);
            plugin.context.timers().create(() -> ran.append('m'), true).setMillis(1);
            server.advance(Duration.ofMillis(1));
            assertEquals("tm", ran.toString());
            assertEquals(2, server.counters().failures());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"accepted", "readable", "writable", "timedOut", "closeRequested", "closed"})
    void out_of_memory_is_not_one_connections_matter(String call) {
        for (Error fatal : List.of(new OutOfMemoryError("fatal"), new InternalError("fatal"))) {
            Recorder plugin = new Recorder("tiny");
            try (Stepped server = plugin.start()) {
                assertThrows(fatal.getClass(), () -> victimOf(call, plugin.throwing(call, fatal), server));
                plugin.in(call, c -> {});
            }
        }
    }

    @Test
    void what_is_fatal_for_one_worker_stops_the_server() throws InterruptedException {
        Recorder plugin = new Recorder("tiny").throwing("readable", new InternalError("fatal"));
        TestServer server = TestServer.of(plugin).driver("nio").start("workers = 2\ntiny.listen = \"127.0.0.1:0\"");
        try (var client = server.client()) {
            client.send("x");
            client.awaitEnding();
            assertTrue(server.server().await(Duration.ofSeconds(20)));
        }
        assertEquals("fatal", server.server().fatal().getMessage());
        AssertionError told = assertThrows(AssertionError.class, server::close);
        assertTrue(told.getMessage().contains("a worker died"));
        assertTrue(server.log().has("[emerg]"));
        assertFalse(server.log().has("a plugin failed"));
    }
}
