package io.sluice.core.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.SeededRandomness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where memory comes from and goes back to; Bufs and chains on top of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SlabsTest {
    private final Slabs slabs = new Slabs(new MemoryBudget(1 << 20), false);
    private final Pool pool = slabs.pool();

    @AfterEach
    void close() {
        pool.end();
        slabs.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 256", "256, 256", "257, 512", "4096, 4096", "4097, 8192", "65535, 65536", "65536, 65536"})
    void a_block_is_the_next_power_of_two(int asked, int given) {
        assertEquals(given, pool.take(asked).room());
        assertEquals(given, slabs.bytesInUse());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65537})
    void what_no_block_can_be_is_refused(int bytes) {
        assertThrows(IllegalArgumentException.class, () -> pool.take(bytes));
    }

    @Test
    void a_slab_whose_blocks_are_all_free_changes_its_size() {
        Pool small = slabs.pool();
        Buf former = small.take(256);
        former.putAscii("former");
        small.end();
        long held = slabs.bytesHeld();
        Buf large = pool.take(65536);
        assertEquals(held, slabs.bytesHeld(), "no new slab");
        large.put(new byte[65536]);
        assertThrows(StaleBufException.class, () -> former.get(0));
        assertThrows(StaleBufException.class, former::clear);
    }

    @Test
    void a_slab_in_use_keeps_its_size() {
        pool.take(256);
        long held = slabs.bytesHeld();
        pool.take(65536);
        assertTrue(slabs.bytesHeld() > held);
    }

    /** Whatever is taken and given back, no two live Bufs share a byte, and every dead one is refused. */
    @Test
    void any_history_gives_everybody_memory_of_his_own() {
        SeededRandomness random = new SeededRandomness(11);
        List<Pool> pools = new ArrayList<>();
        List<Buf> live = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (pools.size() < 40 && random.nextInt(5) < 3) {
                Pool taken = slabs.pool();
                Buf buf = taken.take(1 + random.nextInt(1 << 8 + random.nextInt(9)));
                for (int i = 0; i < 8; i++) {
                    buf.put((byte) (step >>> i));
                }
                buf.tag(step);
                pools.add(taken);
                live.add(buf);
            } else if (!pools.isEmpty()) {
                int which = random.nextInt(pools.size());
                Buf buf = live.remove(which);
                int number = (Integer) buf.tag();
                for (int i = 0; i < 8; i++) {
                    assertEquals((byte) (number >>> i), buf.get(i));
                }
                pools.remove(which).end();
                assertThrows(StaleBufException.class, () -> buf.get(0));
            }
        }
        pools.forEach(Pool::end);
        assertEquals(0, slabs.bytesInUse());
    }

    @Test
    void a_constant_is_the_same_for_everybody_and_cannot_be_changed() {
        Constant constant = Constant.of(new byte[] {'o', 'k'});
        Buf view = pool.view(constant);
        Buf other = slabs.pool().view(constant);
        view.advance(1);
        assertEquals("k", view.text());
        assertEquals("ok", other.text());
        assertThrows(IndexOutOfBoundsException.class, () -> view.set(0, (byte) 'x'));
        assertEquals(0, slabs.bytesInUse());
    }

    @Test
    void cleanups_run_from_the_last_to_the_first_and_once() {
        StringBuilder ran = new StringBuilder();
        pool.onEnd(() -> ran.append('a'));
        pool.onEnd(() -> ran.append('b'));
        pool.end();
        pool.end();
        assertEquals("ba", ran.toString());
    }

    @Test
    void links_and_handles_are_used_again_by_the_same_pool() {
        Chain link = pool.link(pool.mark());
        pool.free(link);
        assertSame(link, pool.link(pool.mark()));
        Buf view = pool.view(Constant.of(new byte[] {'x'}));
        pool.free(view);
        assertSame(view, pool.mark());
        assertNotSame(view, pool.mark());
    }

    // ---- chains (ngx_chain_update_sent)

    private Chain chain(String... texts) {
        Chain first = null;
        for (int i = texts.length - 1; i >= 0; i--) {
            Buf buf = texts[i].isEmpty() ? pool.mark().flush(true) : pool.take(256);
            if (!texts[i].isEmpty()) {
                buf.putAscii(texts[i]);
            }
            Chain link = pool.link(buf);
            link.next(first);
            first = link;
        }
        return first;
    }

    @ParameterizedTest
    @CsvSource({"0, one 7", "2, e 5", "3, two! 4", "5, o! 2", "7, - 0"})
    void what_was_sent_is_taken_off_the_front(long sent, String rest) {
        Chain chain = chain("one", "", "two!", "");
        Chain left = Chain.sent(chain, sent);
        assertEquals(rest, (left == null ? "-" : left.buf().text()) + " " + Chain.size(left));
    }

    @Test
    void a_chain_of_marks_is_sent_at_once() {
        assertNull(Chain.sent(chain("", ""), 0));
        assertNull(Chain.sent(null, 0));
        assertNotEquals(null, Chain.sent(chain("", "x"), 0));
    }
}
