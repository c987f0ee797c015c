package io.sluice.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConnectionPoolTest {
    private final TestEngine engine = new TestEngine();
    private final Party party = new Party();
    private ConnectionPool pool = new ConnectionPool(4, engine);

    @AfterEach
    void close() {
        pool.closeAll(CloseReason.SHUTDOWN);
        assertEquals(0, engine.slabs.bytesInUse());
        engine.close();
    }

    private Connection enter(String name) {
        return party.enter(pool, new TestEndpoint(engine.slabs.nativeAccess()), name);
    }

    /** Named 0, 1, 2 and so on; the first of them reusable, the oldest first. */
    private List<Connection> enter(int count, int reusable) {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(enter(i + ""));
        }
        // Afterwards, or they would be drained for one another.
        all.subList(0, reusable).forEach(c -> c.reusable(true));
        return all;
    }

    // ---- the free list

    @Test
    void free_slots_are_a_list_through_their_data_slot() {
        for (int i = 0; i < 3; i++) {
            assertSame(pool.slot(i + 1), pool.slot(i).data);
        }
        assertNull(pool.slot(3).data);
        Slot taken = pool.take();
        assertSame(pool.slot(0), taken);
        assertNull(taken.data);
        pool.giveBack(taken);
        assertSame(pool.slot(1), taken.data);
    }

    @Test
    void the_slot_that_came_back_last_is_taken_first() {
        List<Connection> all = enter(3, 0);
        all.get(1).close(CloseReason.FINISHED);
        all.get(0).close(CloseReason.FINISHED);
        assertEquals(3, pool.free());
        assertEquals(0, pool.take().index());
        assertEquals(1, pool.take().index());
        assertEquals(3, pool.take().index());
        assertEquals(0, pool.free());
        assertNull(pool.take());
    }

    @Test
    void a_slot_comes_back_once() {
        Slot slot = pool.take();
        pool.giveBack(slot);
        assertThrows(IllegalStateException.class, () -> pool.giveBack(slot));
        assertEquals(4, pool.free());
    }

    @Test
    void a_token_is_good_for_one_owner() {
        Slot slot = pool.take();
        long token = slot.token();
        assertSame(slot, pool.find(token));
        pool.giveBack(slot);
        assertNull(pool.find(token), "free");
        assertSame(slot, pool.take());
        assertNull(pool.find(token), "another's");
        assertNotEquals(token, slot.token());
        assertSame(slot, pool.find(slot.token()));
    }

    @Test
    void the_next_owner_finds_nothing_of_the_former() {
        Connection c = enter("first");
        Slot slot = c.slot();
        c.readTimeout(5);
        c.writeTimeout(5);
        c.postRead();
        c.postWriteNext();
        c.reusable(true);
        c.idle(true);
        slot.connecting(true);
        slot.read.ready = true;
        slot.read.eof = true;
        slot.read.error = true;
        slot.read.pendingEof = true;
        slot.write.ready = false;
        slot.listener(() -> {});
        c.close(CloseReason.FINISHED);
        Slot next = pool.take();
        assertSame(slot, next);
        assertTrue(next.write.ready && next.used());
        assertFalse(next.read.ready || next.read.eof || next.read.error || next.read.pendingEof);
        assertFalse(next.read.posted() || next.write.posted());
        assertFalse(next.idle() || next.connecting() || next.reusable);
        assertNull(next.connection());
        assertNull(next.endpoint());
        assertNull(next.listener());
        assertNull(next.claim);
        assertTrue(engine.timers.stream().noneMatch(TestEngine.SetTimer::isSet));
    }

    @Test
    void a_connection_has_a_number_of_its_own() {
        assertEquals(1, enter("a").number());
        Connection second = enter("b");
        second.close(CloseReason.FINISHED);
        assertEquals(3, enter("c").number());
    }

    // ---- the drain rule of nginx (ngx_drain_connections)

    /** Slots, of them in use, of those reusable; then how many are asked before one more is taken. */
    @ParameterizedTest
    @CsvSource({
        "64, 59, 59, 0", // 5 free are more than a sixteenth
        "64, 60, 60, 7", // 4 are not; an eighth of 60
        "64, 60, 8, 1",
        "64, 60, 7, 1", // less than an eighth, but one at least
        "64, 60, 0, 0", // nobody to ask
        "64, 64, 17, 2",
        "512, 480, 480, 32", // an eighth were 60: no more than 32
        "512, 479, 479, 0",
        "16, 15, 15, 1",
        "15, 14, 14, 0", // a sixteenth of 15 is none: only when none is free
        "15, 15, 15, 1",
        "2, 2, 2, 1",
    })
    void so_many_are_drained(int slots, int used, int reusable, int asked) {
        pool = new ConnectionPool(slots, engine);
        enter(used, reusable);
        assertNotNull(enter("new"));
        List<String> oldestFirst = IntStream.range(0, asked)
                .boxed()
                .flatMap(i -> List.of(i + " asked DRAINED", i + " closed DRAINED").stream())
                .toList();
        assertEquals(oldestFirst, party.heard);
        assertEquals(asked, pool.drained());
        assertEquals(reusable - asked, pool.reusable().size());
        assertEquals(slots - used - 1 + asked, pool.free());
    }

    @Test
    void who_was_marked_again_is_asked_last() {
        List<Connection> all = enter(4, 3);
        all.get(0).reusable(true);
        enter("new");
        assertEquals("1 asked DRAINED", party.heard.getFirst());
    }

    @Test
    void when_nobody_closes_there_is_no_slot() {
        enter(4, 0);
        assertNull(pool.take());
        assertEquals(List.of("[alert] 1#0: 4 worker-connections are not enough"), engine.logged());
    }

    @Test
    void draining_is_told_once_a_second() {
        List<Connection> all = enter(4, 4);
        for (int i = 0; i < 3; i++) {
            enter("new").reusable(true);
        }
        engine.advanceMillis(999);
        enter("new").reusable(true);
        assertEquals(List.of("[warn] 1#0: 4 worker-connections are not enough, reusing connections"), engine.logged());
        engine.advanceMillis(1);
        enter("new").reusable(true);
        assertEquals(2, engine.logged().size());
        assertEquals(5, pool.drained());
        assertEquals(4, all.size());
    }

    @Test
    void who_only_lingers_is_asked_once_more_when_no_slot_is_free() {
        enter(4, 2);
        party.whenAsked = (guest, why) -> {
            boolean again = party.heard.indexOf(guest.name + " asked DRAINED") < party.heard.size() - 1;
            if (again) {
                guest.connection.close(why);
            } else {
                guest.connection.reusable(true);
            }
        };
        assertNotNull(enter("new"));
        assertEquals(List.of("0 asked DRAINED", "0 asked DRAINED", "0 closed DRAINED"), party.heard);
        assertEquals(1, pool.drained(), "one connection, though asked twice");
    }

    @Test
    void but_not_while_there_is_a_free_slot() {
        pool = new ConnectionPool(16, engine);
        enter(15, 15);
        party.whenAsked = (guest, why) -> guest.connection.reusable(true);
        assertNotNull(enter("new"));
        assertEquals(List.of("0 asked DRAINED"), party.heard);
    }

    @Test
    void who_becomes_busy_instead_is_left_alone() {
        enter(4, 1);
        party.whenAsked = (guest, why) -> guest.connection.reusable(false);
        assertNull(enter("new"));
        assertEquals(List.of("0 asked DRAINED"), party.heard);
        assertEquals(4, pool.open());
    }

    @Test
    void a_victim_that_takes_a_slot_itself_does_not_drain_again() {
        pool = new ConnectionPool(32, engine);
        enter(32, 32);
        party.whenAsked = (guest, why) -> {
            if (guest.name.equals("0")) {
                assertNull(enter("of the victim"), "the only way to a slot is to close first");
            }
            guest.connection.close(why);
            if (guest.name.equals("1")) {
                enter("of the victim").reusable(true);
            }
        };
        assertNotNull(enter("new"));
        assertEquals(4, pool.drained());
        assertEquals(32 - 4 + 2, pool.open());
        assertEquals(32 - 4 + 1, pool.reusable().size());
    }

    @Test
    void a_victim_that_closes_others_leaves_the_queue_whole() {
        pool = new ConnectionPool(32, engine);
        List<Connection> all = enter(32, 32);
        party.whenAsked = (guest, why) -> {
            all.get(1).close(why);
            all.get(2).close(why);
            guest.connection.close(why);
        };
        assertNotNull(enter("new"));
        List<String> asked = party.heard.stream()
                .filter(each -> each.endsWith("asked DRAINED"))
                .toList();
        assertEquals(List.of("0 asked DRAINED", "3 asked DRAINED", "4 asked DRAINED", "5 asked DRAINED"), asked);
        assertEquals(26, pool.reusable().size());
    }

    @Test
    void a_victim_that_throws_is_closed() {
        enter(4, 1);
        party.whenAsked = (guest, why) -> {
            throw new IllegalStateException("bug");
        };
        assertNotNull(enter("new"));
        assertEquals(List.of("0 asked DRAINED", "0 closed BUG"), party.heard);
        assertEquals(List.of("closeRequested: java.lang.IllegalStateException: bug"), engine.failures);
    }

    @Test
    void a_connection_that_nobody_claimed_is_closed() {
        Slot slot = pool.take();
        slot.endpoint(new TestEndpoint(engine.slabs.nativeAccess()));
        Connection nobodys = pool.open(slot, null, null);
        nobodys.reusable(true);
        enter(3, 0);
        assertNotNull(enter("new"));
        assertFalse(nobodys.isOpen());
    }

    // ---- the end

    @Test
    void who_is_idle_is_asked_to_close_when_the_server_stops() {
        List<Connection> all = enter(3, 1);
        all.get(1).idle(true);
        all.get(2).idle(true);
        all.get(2).idle(false);
        pool.closeIdle();
        assertEquals(List.of("1 asked SHUTDOWN", "1 closed SHUTDOWN"), party.heard);
    }

    @Test
    void everybody_is_closed_in_the_end_but_listening_sockets() {
        enter(2, 0);
        Slot listening = pool.take();
        listening.listener(() -> {});
        party.whenClosed = (guest, why) -> {
            if (guest.name.equals("0")) {
                pool.slot(1).connection().close(CloseReason.FINISHED);
            }
        };
        pool.closeAll(CloseReason.SHUTDOWN);
        assertEquals(List.of("0 closed SHUTDOWN", "1 closed FINISHED"), party.heard);
        assertTrue(listening.used());
        assertEquals(0, pool.open());
        assertEquals(3, pool.free());
    }
}
