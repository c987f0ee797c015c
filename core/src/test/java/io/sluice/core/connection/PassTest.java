package io.sluice.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.log.ConnectionErrorLevel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A connection that is given to another listening, and how listenings are found. With real clients: stream's PassTest. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PassTest {
    private static final Address FIRST = address(1, 1000);
    private static final Address SECOND = address(2, 2000);
    private static final Address ANY = Address.inet(new byte[4], 3000);

    private final TestEngine engine = new TestEngine();
    private final TestEndpoint socket = new TestEndpoint(engine.slabs.nativeAccess());
    private final ConnectionPool pool = new ConnectionPool(2, engine);
    private final Party party = new Party();
    private final Lease lease = new Lease();
    private final List<String> heard = new ArrayList<>();
    private RuntimeException bug;
    private final Claim<String> other = new Claim<>(
            new ConsumerKey<>("other", String.class),
            new Consumer<>() {
                @Override
                public String accepted(Connection c) {
                    heard.add("accepted at " + c.localAddress());
                    if (bug != null) {
                        throw bug;
                    }
                    return "session " + c.passes();
                }

                @Override
                public void readable(String session) {
                    heard.add(session + " readable");
                }
            },
            lease);
    private Connection c;

    /** Counts who holds it. */
    private static final class Lease implements ClaimLease {
        int taken;

        @Override
        public void connectionTaken() {
            taken++;
        }

        @Override
        public void connectionReturned() {
            taken--;
        }
    }

    @BeforeEach
    void accept() {
        Slot slot = pool.take();
        slot.endpoint(socket);
        c = pool.open(slot, listening(FIRST), null);
        Party.Guest guest = new Party.Guest("guest");
        guest.connection = c;
        c.claim(party.claim, guest);
    }

    @AfterEach
    void close() {
        if (c.isOpen()) {
            c.close(CloseReason.FINISHED);
        }
        assertEquals(0, lease.taken);
        assertEquals(2, pool.free());
        engine.close();
    }

    private static Address address(int last, int port) {
        return Address.inet(new byte[] {127, 0, 0, (byte) last}, port);
    }

    private static Listening listening(Address at) {
        return new Listening(at, ListenOptions.DEFAULT, "other", null, null, "test.conf:1");
    }

    private void pass(Address to) {
        c.passTo(listening(to), to, _ -> other);
    }

    @Test
    void the_other_consumer_accepts_it_and_the_former_hears_nothing_more() {
        c.reusable(true);
        c.idle(true);
        c.readTimeout(1);
        c.writeTimeout(1);
        c.errorLevel(ConnectionErrorLevel.INFO);
        c.logContext(engine.log().speaker());
        pass(SECOND);
        assertEquals(List.of("accepted at 127.0.0.2:2000"), heard);
        assertSame(other.key(), c.claimedBy());
        assertEquals("session 1", c.data(other.key()));
        assertEquals(SECOND, c.listening().address());
        assertEquals(1, lease.taken);
        assertFalse(c.isReusable() || c.isIdle());
        assertEquals(ConnectionErrorLevel.ALERT, c.errorLevel());
        engine.advanceMillis(5);
        engine.expire();
        assertTrue(c.isOpen(), "its timers were the former owner's");
        assertEquals(List.of(), party.heard);
    }

    @Test
    void what_is_there_to_read_is_told_later_in_the_turn() {
        c.slot().read.ready = true;
        pass(SECOND);
        assertEquals(List.of("accepted at 127.0.0.2:2000"), heard);
        assertEquals(1, engine.posts.size());
    }

    @Test
    void of_a_wildcard_only_the_port_is_new() {
        pass(ANY);
        assertEquals(address(1, 3000), c.localAddress());
        pass(address(9, 3000));
        assertEquals(address(9, 3000), c.localAddress());
        pass(Address.inet(new byte[16], 4000));
        assertEquals(Address.inet(new byte[16], 4000), c.localAddress(), "of another family nothing can be kept");
    }

    @Test
    void after_ten_times_it_is_refused_and_nothing_has_happened() {
        for (int i = 0; i < Connection.MOST_PASSES; i++) {
            pass(SECOND);
        }
        heard.clear();
        assertThrows(IllegalStateException.class, () -> pass(FIRST));
        assertEquals(List.of(), heard);
        assertEquals(SECOND, c.listening().address());
        assertEquals("session 10", c.data(other.key()));
    }

    @Test
    void one_that_we_made_and_one_for_datagrams_are_refused() {
        Connection made = party.enter(pool, new TestEndpoint(engine.slabs.nativeAccess()), "made");
        assertThrows(IllegalArgumentException.class, () -> made.passTo(listening(FIRST), FIRST, _ -> other));
        assertSame(party.key, made.claimedBy());
        made.close(CloseReason.FINISHED);
        assertThrows(IllegalArgumentException.class, () -> c.passTo(datagrams(SECOND), SECOND, _ -> other));
        assertSame(party.key, c.claimedBy());
    }

    private static Listening datagrams(Address at) {
        ListenOptions options =
                ListenOptions.DEFAULT.with().socketType(SocketType.DATAGRAM).build();
        return new Listening(at, options, "other", null, null, "test.conf:2");
    }

    @Test
    void a_consumer_that_throws_when_it_is_given_one_ends_it() {
        bug = new IllegalStateException("bug");
        pass(SECOND);
        assertTrue(c.isDestroyed());
        assertEquals(List.of("accepted: java.lang.IllegalStateException: bug"), engine.failures);
        assertEquals(List.of(), party.heard);
    }

    @Test
    void a_listening_is_found_by_its_own_address_before_the_wildcard_of_its_port() {
        Listening wildcard = listening(ANY);
        Listening own = listening(address(7, 3000));
        AllListenings all = new AllListenings(List.of(wildcard, own, datagrams(SECOND), listening(FIRST)));
        assertSame(own, all.find(address(7, 3000)));
        assertSame(wildcard, all.find(address(8, 3000)));
        assertSame(wildcard, all.find(ANY));
        assertNull(all.find(SECOND), "only datagrams are received there");
        assertNull(all.find(address(1, 1001)));
        assertNull(all.find(Address.inet(new byte[16], 3000)), "another family");
        assertNull(all.find(Address.unix(new byte[] {'/', 'x'})));
    }
}
