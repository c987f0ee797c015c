package io.sluice.gzip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompressorPoolTest {
    private final CompressorPool pool = new CompressorPool();

    @Test
    void one_that_was_given_back_is_used_again_for_its_level_and_has_forgotten_everything() {
        Compressor first = pool.take(3);
        compress(first);
        assertEquals(5, first.count());
        pool.giveBack(first);
        Compressor other = pool.take(4);
        assertNotSame(first, other);
        assertEquals(4, other.level());
        Compressor again = pool.take(3);
        assertSame(first, again);
        assertEquals(0, again.count());
        assertEquals(0, again.checksum());
        assertEquals(2, pool.lent());
        pool.giveBack(other);
        pool.giveBack(again);
        pool.close();
    }

    @Test
    void of_a_rush_only_some_are_kept_and_the_others_end() {
        List<Compressor> rush = new ArrayList<>();
        for (int i = 0; i < CompressorPool.MOST_KEPT + 3; i++) {
            rush.add(pool.take(1 + i % 9));
        }
        assertEquals(rush.size(), pool.lent());
        rush.forEach(pool::giveBack);
        assertEquals(0, pool.lent());
        assertEquals(CompressorPool.MOST_KEPT, pool.kept());
        assertThrows(IllegalStateException.class, () -> compress(rush.getLast()), "its native memory is gone");
        pool.close();
    }

    @Test
    void when_the_worker_leaves_the_cycle_all_end_also_those_that_come_back_later() {
        Compressor late = pool.take(1);
        Compressor kept = pool.take(1);
        pool.giveBack(kept);
        pool.close();
        assertEquals(0, pool.kept());
        pool.giveBack(late);
        assertEquals(0, pool.kept());
        assertEquals(0, pool.lent());
        assertThrows(IllegalStateException.class, () -> compress(kept));
        assertThrows(IllegalStateException.class, () -> compress(late));
    }

    private static void compress(Compressor compressor) {
        ByteBuffer out = ByteBuffer.allocateDirect(64);
        compressor.compress(ByteBuffer.allocateDirect(5), out);
    }
}
