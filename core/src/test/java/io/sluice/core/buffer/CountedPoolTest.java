package io.sluice.core.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a connection holds for its whole life is counted, and its small pieces share a block. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CountedPoolTest {
    private final MemoryBudget budget = new MemoryBudget(10_000);
    private final Slabs slabs = new Slabs(budget, false);
    private final Pool pool = slabs.countedPool(512);

    @AfterEach
    void close() {
        pool.close();
        assertEquals(0, slabs.bytesInUse());
        assertEquals(0, budget.reservedBytes());
        slabs.close();
    }

    @Test
    void an_unused_pool_holds_nothing() {
        assertEquals(0, slabs.bytesInUse());
        assertEquals(0, budget.reservedBytes());
    }

    @Test
    void small_pieces_share_the_first_block() {
        Buf a = pool.take(100);
        Buf b = pool.take(400);
        assertEquals(512, budget.reservedBytes());
        assertEquals(100, a.room());
        a.put(new byte[100]);
        b.putAscii("own");
        assertThrows(IndexOutOfBoundsException.class, () -> a.put((byte) 'x'), "the next byte is another Buf's");
        assertThrows(IndexOutOfBoundsException.class, () -> b.get(b.start() - 1));
        b.clear();
        b.putAscii("new");
        assertEquals("new", b.text());
        pool.take(13);
        assertEquals(1024, budget.reservedBytes(), "what does not fit begins another block");
    }

    @Test
    void large_pieces_have_blocks_of_their_own() {
        assertEquals(8192, pool.take(5000).room());
        assertEquals(8192, budget.reservedBytes());
        assertThrows(IllegalArgumentException.class, () -> pool.take(70_000));
        assertThrows(IllegalArgumentException.class, () -> pool.take(0));
        assertEquals(8192, budget.reservedBytes());
    }

    @Test
    void what_ends_is_counted_no_more_and_the_pool_goes_on() {
        Buf former = pool.take(100);
        pool.take(2000);
        pool.end();
        assertEquals(0, budget.reservedBytes());
        assertThrows(StaleBufException.class, () -> former.get(0));
        pool.take(10);
        assertEquals(512, budget.reservedBytes());
    }

    @Test
    void what_a_cleanup_takes_is_given_back_too() {
        pool.onEnd(() -> pool.take(3000));
        pool.end();
        assertEquals(0, budget.reservedBytes());
    }

    @Test
    void more_than_there_is_is_had_but_asks_for_relief_and_nobody_else_gets_any() {
        List<Long> asked = new ArrayList<>();
        budget.relief(() -> asked.add(budget.reservedBytes()));
        assertTrue(budget.tryReserve(6000));
        pool.take(4000);
        assertEquals(List.of(10_096L), asked);
        assertTrue(budget.isOver());
        assertFalse(budget.tryReserve(1));
        budget.release(6000);
        assertFalse(budget.isOver());
    }

    /** Its own connection may be among those that are asked to close. */
    @Test
    void who_is_closed_while_it_takes_gets_nothing() {
        assertTrue(budget.tryReserve(10_000));
        budget.relief(pool::close);
        assertThrows(IllegalStateException.class, () -> pool.take(100));
        assertEquals(10_000, budget.reservedBytes());
        budget.release(10_000);
    }

    @Test
    void who_waits_is_served_when_a_connection_ends() {
        pool.take(8000);
        List<String> served = new ArrayList<>();
        budget.await(new MemoryBudget.Waiter() {
            @Override
            public void memoryFreed() {
                served.add("served");
            }

            @Override
            public int wantedBytes() {
                return 5000;
            }
        });
        pool.end();
        assertEquals(List.of("served"), served);
    }

    // ---- handles kept too long

    /**
     * A handle is used again by its own client's next request, so that a request leaves nothing on the Java heap: kept too long it shows that
     * client's bytes, nobody else's (ADR 2).
     */
    @Test
    void a_handle_kept_over_the_end_may_be_used_again_by_the_same_client_only() {
        Buf kept = pool.take(600);
        pool.end();
        assertThrows(StaleBufException.class, () -> kept.get(kept.start()));
        Pool others = slabs.countedPool(512);
        others.take(600).putAscii("another client");
        assertThrows(StaleBufException.class, () -> kept.get(kept.start()));
        pool.take(600).putAscii("same client");
        assertEquals("same client", kept.text());
        others.end();
    }

    @Test
    void where_bugs_are_looked_for_it_stays_refused() {
        try (Slabs debugging = new Slabs(new MemoryBudget(10_000), true)) {
            Pool its = debugging.countedPool(512);
            Buf kept = its.take(600);
            Chain link = its.link(kept);
            its.end();
            its.take(600).putAscii("same client");
            assertThrows(StaleBufException.class, kept::text);
            assertThrows(StaleBufException.class, () -> link.buf().text());
            its.end();
        }
    }
}
