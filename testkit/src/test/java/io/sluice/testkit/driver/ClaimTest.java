package io.sluice.testkit.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.config.ConfigurationException;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Claim;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.ForeignClaimException;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.Listening;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The data slot has one owner, whose type it has, and moves to another in one step. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClaimTest {
    private final Recorder front = new Recorder("front");
    private final Recorder back = new Recorder("back");

    private Stepped start() {
        return Stepped.of(front, back).start("front.listen = 7");
    }

    private Claim<Recorder.Session> claim(Recorder of) {
        return front.context.claim(of.key);
    }

    @Test
    void the_owner_finds_what_it_put_there() {
        try (Stepped server = start()) {
            server.connect();
            assertSame(front.last, front.last.data(front.key).connection);
            assertSame(front.key, front.last.claimedBy());
            assertEquals(1, server.counters().claims());
        }
    }

    @Test
    void a_foreign_claim_is_refused_and_names_both() {
        try (Stepped server = start()) {
            server.connect();
            Connection c = front.last;
            for (ForeignClaimException refused : List.of(
                    assertThrows(ForeignClaimException.class, () -> c.data(back.key)),
                    assertThrows(ForeignClaimException.class, () -> c.claim(claim(back), new Recorder.Session(c))))) {
                assertTrue(refused.getMessage().contains("back (Session)"), refused.getMessage());
                assertTrue(refused.getMessage().contains("front (Session)"), refused.getMessage());
            }
            assertSame(c, c.data(front.key).connection);
        }
    }

    @Test
    void what_nobody_has_claimed_belongs_to_nobody() {
        front.in("accepted", c -> {
            assertNull(c.claimedBy());
            ForeignClaimException refused = assertThrows(ForeignClaimException.class, () -> c.data(front.key));
            assertTrue(refused.getMessage().contains("belongs to nobody"), refused.getMessage());
        });
        try (Stepped server = start()) {
            assertTrue(server.connect().isOpen());
        }
    }

    @Test
    void a_key_of_the_same_name_is_not_the_key() {
        try (Stepped server = start()) {
            server.connect();
            ConsumerKey<Recorder.Session> forged = new ConsumerKey<>("front", Recorder.Session.class);
            assertThrows(ForeignClaimException.class, () -> front.last.data(forged));
            assertThrows(IllegalArgumentException.class, () -> front.context.claim(forged));
        }
    }

    @Test
    void a_foreign_claim_ends_the_connection_of_who_tries_it() {
        front.in("readable", c -> c.data(back.key));
        try (Stepped server = start()) {
            assertTrue(server.connect().isClosed());
            assertEquals("closed BUG", front.heard.getLast());
            assertTrue(server.log().has("ForeignClaimException: back (Session)"));
        }
    }

    @Test
    void a_hand_over_moves_the_claim_and_the_unread_bytes() {
        front.in("readable", c -> {
            Buf into = c.pool().take(256);
            if (c.recv(into) > 0) {
                into.advance("PROXY ".length());
                c.handOver(claim(back), into);
            }
        });
        try (Stepped server = start()) {
            ScriptedConnection client = server.connect().receives("PROXY hel");
            server.settle();
            client.receives("lo").ends();
            server.settle();
            assertEquals("hello", back.read.toString());
            assertEquals(List.of("accepted", "readable", "readable"), front.heard, "it hears nothing any more");
            assertEquals(List.of("handedOver", "readable", "closed PEER_CLOSED"), back.heard);
            assertEquals(0, server.counters().claims());
        }
    }

    @Test
    void a_hand_over_takes_timers_and_marks_off() {
        front.in("readable", c -> {
            c.readTimeout(5);
            c.writeTimeout(5);
            c.reusable(true);
            c.idle(true);
            c.handOverTo(claim(back), new Recorder.Session(c));
        });
        try (Stepped server = start()) {
            server.connect();
            assertTrue(!front.last.isReusable() && !front.last.isIdle());
            server.advance(Duration.ofSeconds(1));
            assertEquals(List.of(), back.heard);
            assertSame(front.last, front.last.data(back.key).connection);
            assertThrows(ForeignClaimException.class, () -> front.last.data(front.key));
        }
    }

    @Test
    void a_consumer_that_throws_when_it_is_handed_a_connection_ends_it() {
        front.in("readable", c -> c.handOver(claim(back), null));
        back.throwing("handedOver", new IllegalStateException("bug"));
        try (Stepped server = start()) {
            assertTrue(server.connect().isClosed());
            assertEquals(1, server.counters().failures());
            assertEquals(0, server.counters().claims());
        }
    }

    @Test
    void a_consumer_may_close_the_connection_it_is_handed() {
        front.in("readable", c -> c.handOver(claim(back), null));
        back.in("handedOver", c -> c.close(CloseReason.FINISHED));
        try (Stepped server = start()) {
            assertTrue(server.connect().isClosed());
            assertEquals(0, server.counters().failures(), "to close is no bug");
        }
    }

    @Test
    void a_consumer_may_close_the_connection_it_accepts() {
        front.in("accepted", c -> c.close(CloseReason.FINISHED));
        try (Stepped server = start()) {
            assertTrue(server.connect().isClosed());
            assertEquals(0, server.counters().failures());
            assertEquals(List.of("accepted"), front.heard);
        }
    }

    @Test
    void a_consumer_that_takes_no_connections_of_others_says_so() {
        ConsumerKey<Connection> key = new ConsumerKey<>("deaf", Connection.class);
        Plugin deaf = plugin("deaf", binder -> binder.consumer(key).to(() -> session -> {}));
        front.in("readable", c -> c.handOver(front.context.claim(key), null));
        try (Stepped server = Stepped.of(front, deaf).start("front.listen = 7")) {
            assertTrue(server.connect().isClosed());
            assertTrue(server.log().has("takes no connections from others"));
        }
    }

    /** Else the first client would meet an exception that nobody expects. */
    @Test
    void a_listening_address_whose_consumer_nobody_binds_is_refused_at_load() {
        Address address = Address.inet(new byte[4], 7);
        Listening orphan = new Listening(address, ListenOptions.DEFAULT, "nobody", null, null, "test.conf:1");
        Plugin plugin = plugin("orphan", binder -> binder.listen(orphan));
        assertThrows(
                ConfigurationException.class, () -> Stepped.of(plugin).start("").close());
    }

    private static Plugin plugin(String id, java.util.function.Consumer<PluginBinder> configure) {
        return new Plugin() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public void configure(PluginBinder binder) {
                configure.accept(binder);
            }
        };
    }
}
