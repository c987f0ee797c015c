package io.sluice.testkit.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.config.ConfigurationException;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionIo;
import io.sluice.core.connection.Event;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.Slot;
import io.sluice.core.connection.TransportStages;
import io.sluice.core.transport.Passage;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What stands between a socket and its consumer: in which order, for how long, and that neither knows of the other. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransportStageTest {
    private static final List<String> STAGES =
            List.of("TransportStages", "Passage", "Proxied", "PutBackIo", "TransportStage");

    private final Recorder consumer = new Recorder("party");
    private final TestStage inner = new TestStage("inner");
    private final TestStage outer = new TestStage("outer", inner.heard, "inner");

    private Stepped start(String entry, String more) {
        return Stepped.of(consumer, inner, outer).start("party.listen = [{ address = 7" + entry + " }]\n" + more);
    }

    private Stepped startBoth() {
        return start(", outer = a, inner = b", "");
    }

    @Test
    void each_has_its_part_in_their_order_and_the_consumer_the_rest() {
        try (Stepped server = startBoth()) {
            ScriptedConnection client = server.net().connect().receives("xyhello");
            server.settle();
            assertEquals(List.of("outer begin a", "outer readable", "inner begin b", "inner readable"), inner.heard);
            assertEquals("x", outer.took.toString());
            assertEquals("y", inner.took.toString());
            assertEquals("hello", consumer.read.toString());
            assertEquals("accepted", consumer.heard.getFirst());
            assertTrue(consumer.last.isPlain());
            assertSame(consumer.key, consumer.last.claimedBy());
            assertEquals(1, server.counters().claims());
            client.receives(" again");
            server.settle();
            assertEquals("hello again", consumer.read.toString());
        }
        assertEquals(
                List.of("inner ends", "outer ends"),
                inner.heard.subList(4, 6).stream().sorted().toList());
    }

    @Test
    void each_waits_for_its_own_byte() {
        try (Stepped server = startBoth()) {
            ScriptedConnection client = server.connect();
            for (String piece : List.of("x", "y", "z")) {
                assertEquals("", consumer.read.toString());
                client.receives(piece);
                server.settle();
            }
            assertEquals("z", consumer.read.toString());
            assertEquals("xy", outer.took.append(inner.took).toString());
        }
    }

    @Test
    void an_entry_has_the_stages_it_asks_for_and_others_have_none() {
        try (Stepped server = start(", inner = b", "")) {
            server.net().connect().receives("xyz");
            server.settle();
            assertEquals("yz", consumer.read.toString());
            assertEquals("inner begin b", inner.heard.getFirst());
            Listening listening = consumer.last.listening();
            assertEquals("inner", listening.claimant());
        }
        try (Stepped server = start("", "")) {
            server.net().connect().receives("xyz");
            server.settle();
            assertTrue(consumer.read.toString().endsWith("xyz"));
            Listening listening = consumer.last.listening();
            assertSame(TransportStages.NONE.uses(), listening.stages().uses());
            assertEquals("party", listening.claimant());
        }
    }

    @Test
    void the_user_s_order_wins_and_is_printed() {
        try (Stepped server = start(", outer = a, inner = b", "transport-stages.listen-order = [inner, outer]")) {
            server.net().connect().receives("xyz");
            server.settle();
            assertEquals("x", inner.took.toString());
            assertEquals("y", outer.took.toString());
            assertEquals(
                    List.of("listen: inner, outer", "pass: "),
                    server.worker()
                            .cycle()
                            .cycle()
                            .descriptions()
                            .get("transport stages")
                            .get());
        }
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> start("", "transport-stages.listen-order = [iner]").close());
        assertTrue(refused.getMessage().contains("no transport stage is called 'iner'"), refused.getMessage());
    }

    @Test
    void a_stage_that_needs_nothing_may_be_done_at_once() {
        inner.in("begin", Passage::done);
        outer.in("begin", Passage::done);
        try (Stepped server = startBoth()) {
            ScriptedConnection client = server.connect();
            assertEquals(List.of("accepted", "readable"), consumer.heard, "as without stages");
            client.receives("hello");
            server.settle();
            assertEquals("hello", consumer.read.toString());
        }
    }

    @Test
    void a_stage_may_wait_for_something_else_than_the_socket() {
        outer.in("readable", _ -> {});
        try (Stepped server = startBoth()) {
            ScriptedConnection client = server.connect().receives("yz");
            server.settle();
            outer.last.done();
            server.settle();
            assertEquals("y", inner.took.toString());
            assertEquals("z", consumer.read.toString());
            assertTrue(client.isOpen());
            assertThrows(IllegalStateException.class, outer.last::done);
        }
    }

    @Test
    void each_has_its_own_time_and_what_is_over_is_closed_with_a_line() {
        outer.timeoutMillis = 3_000;
        inner.timeoutMillis = 5_000;
        try (Stepped server = startBoth()) {
            ScriptedConnection slow = server.connect();
            ScriptedConnection slower = server.connect();
            server.advance(Duration.ofMillis(2_999));
            slower.receives("x");
            server.settle();
            server.advance(Duration.ofMillis(1));
            assertTrue(slow.isClosed());
            assertEquals(1, server.log().count("timed out in the stage outer"));
            server.advance(Duration.ofMillis(4_998));
            assertTrue(slower.isOpen());
            server.advance(Duration.ofMillis(1));
            assertTrue(slower.isClosed());
            assertEquals(1, server.log().count("timed out in the stage inner"));
            assertEquals("inner closed TIMED_OUT", inner.heard.getLast());
            assertEquals(List.of(), consumer.heard);
        }
    }

    @Test
    void what_a_stage_throws_ends_its_connection_and_no_other() {
        for (String call : List.of("begin", "readable", "closed")) {
            Recorder party = new Recorder("party");
            TestStage thrower = new TestStage("inner").in(call, _ -> {
                throw new IllegalStateException("thrown on purpose");
            });
            try (Stepped server = Stepped.of(party, thrower, new TestStage("outer"))
                    .start("party.listen = [{ address = 7, inner = b }, { address = 8 }]")) {
                ScriptedConnection client = server.net().connect();
                client = call.equals("closed") ? client.ends() : client.receives("x");
                server.settle();
                assertTrue(client.isClosed(), call);
                assertEquals(1, server.counters().failures(), call);
                assertEquals(0, server.counters().claims(), call);
                assertFalse(party.heard.contains("accepted"), call);
                assertTrue(server.connect(1).isOpen(), call);
            }
        }
    }

    @Test
    void who_waits_in_a_stage_is_drained_and_closed_as_anybody() {
        try (Stepped server = start(", outer = a", "worker-connections = 16")) {
            ScriptedConnection first = server.connect();
            for (int i = 0; i < 20; i++) {
                server.connect();
            }
            assertTrue(first.isClosed());
            assertTrue(inner.heard.contains("outer closed DRAINED"));
            assertTrue(server.counters().drained() > 0);
        }
        assertTrue(inner.heard.contains("outer closed SHUTDOWN"));
    }

    @Test
    void a_stage_may_put_its_own_operations_before_those_it_found() {
        outer.in("readable", passage -> {
            passage.connection().io(new Upper(passage.connection().io()));
            passage.done();
        });
        try (Stepped server = startBoth()) {
            ScriptedConnection client = server.net().connect().receives("yhello");
            server.settle();
            assertEquals("Y", inner.took.toString());
            assertEquals("HELLO", consumer.read.toString());
            assertFalse(consumer.last.isPlain());
            client.ends();
            server.settle();
            assertTrue(client.isClosed());
        }
    }

    @Test
    void operations_that_stand_before_bytes_put_back_stay_when_those_are_received() {
        inner.in("readable", passage -> {
            passage.connection().io(new Upper(passage.connection().io()));
            passage.done();
        });
        try (Stepped server = startBoth()) {
            ScriptedConnection client = server.net().connect().receives("xhello");
            server.settle();
            client.receives(" again");
            server.settle();
            assertEquals("HELLO AGAIN", consumer.read.toString());
            assertFalse(consumer.last.isPlain());
        }
    }

    /** What is received is in capitals; put on bytes that were put back, and bytes are put back on it. */
    private record Upper(ConnectionIo under) implements ConnectionIo {
        @Override
        public int recv(Connection c, Buf into) {
            int from = into.last();
            int n = under.recv(c, into);
            for (int i = from; i < into.last(); i++) {
                into.set(i, (byte) Character.toUpperCase(into.get(i)));
            }
            return n;
        }

        @Override
        public long recvChain(Connection c, Chain into, long limit) {
            return recv(c, into.buf());
        }

        @Override
        public int send(Connection c, Buf from) {
            return under.send(c, from);
        }

        @Override
        public @Nullable Chain sendChain(Connection c, Chain from, long limit) {
            return under.sendChain(c, from, limit);
        }

        @Override
        public void closed(Connection c) {
            under.closed(c);
        }
    }

    @Test
    void what_was_put_back_comes_first_in_whatever_pieces_it_is_received() {
        consumer.in("readable", c -> {
            Buf small = c.pool().take(8);
            Buf into = c.pool().room(small, 2);
            assertEquals(2, c.recv(into));
            consumer.read.append(into.text());
            Buf first = c.pool().room(c.pool().take(8), 1);
            Buf second = c.pool().take(64);
            Chain chain = c.pool().link(first);
            chain.next(c.pool().link(second));
            assertEquals(3, c.recvChain(chain, 3));
            consumer.read.append(first.text()).append(second.text());
            consumer.readAll(c);
        });
        try (Stepped server = startBoth()) {
            server.net().connect().receives("xyhello world");
            server.settle();
            assertEquals("hello world", consumer.read.toString());
            assertEquals(0, server.counters().failures());
        }
    }

    @Test
    void put_back_twice_the_last_comes_first() {
        consumer.in("readable", c -> {
            Buf buf = c.pool().take(8);
            buf.putAscii("b");
            c.putBack(buf);
            buf.clear();
            buf.putAscii("a");
            c.putBack(buf);
            buf.clear();
            c.putBack(buf);
            consumer.readAll(c);
        });
        try (Stepped server = start("", "")) {
            server.net().connect().receives("c");
            server.settle();
            assertEquals("abc", consumer.read.toString());
            assertTrue(consumer.last.isPlain());
            assertNull(consumer.last.proxied());
        }
    }

    @Test
    void what_was_put_back_and_never_received_is_given_back_with_the_connection() {
        consumer.in("readable", c -> c.close(CloseReason.FINISHED));
        try (Stepped server = startBoth()) {
            ScriptedConnection client = server.net().connect().receives("xyhello");
            server.settle();
            assertTrue(client.isClosed());
            assertEquals(0, server.counters().bufferBytes());
            assertEquals(0, server.counters().reservedBytes());
        }
    }

    @Test
    void neither_a_connection_nor_its_slot_has_a_field_for_stages() {
        for (Class<?> type : List.of(Connection.class, Connection.class.getSuperclass(), Slot.class, Event.class)) {
            for (Field field : type.getDeclaredFields()) {
                assertFalse(STAGES.contains(field.getType().getSimpleName()), field.toString());
            }
        }
    }

    @Test
    void two_stages_of_one_name_are_refused() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> Stepped.of(consumer, new TestStage("party"))
                        .start("party.listen = 7")
                        .close());
        assertTrue(refused.getMessage().contains("party"), refused.getMessage());
    }
}
