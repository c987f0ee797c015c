package io.sluice.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sluice.core.time.SeededRandomness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReusableConnectionsTest {
    private final TestEngine engine = new TestEngine();
    private final ConnectionPool pool = new ConnectionPool(1, engine);
    private final ReusableConnections queue = new ReusableConnections();
    private final Slot a = new Slot(pool, 0);
    private final Slot b = new Slot(pool, 1);
    private final Slot c = new Slot(pool, 2);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void the_oldest_is_who_was_marked_first() {
        assertNull(queue.oldest());
        queue.mark(a, true);
        queue.mark(b, true);
        queue.mark(c, true);
        assertSame(a, queue.oldest());
        assertEquals(3, queue.size());
    }

    @Test
    void marking_again_makes_the_youngest() {
        queue.mark(a, true);
        queue.mark(b, true);
        queue.mark(a, true);
        assertSame(b, queue.oldest());
        queue.mark(b, true);
        assertSame(a, queue.oldest());
        assertEquals(2, queue.size());
    }

    @Test
    void who_is_not_in_it_can_be_taken_out() {
        queue.mark(a, false);
        queue.mark(b, true);
        queue.mark(a, false);
        assertEquals(1, queue.size());
        queue.mark(b, false);
        queue.mark(b, false);
        assertEquals(0, queue.size());
        assertNull(queue.oldest());
    }

    /** Against a list, whose order cannot be wrong. */
    @Test
    void any_history_keeps_the_order_of_a_list() {
        SeededRandomness random = new SeededRandomness(7);
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            slots.add(new Slot(pool, i));
        }
        List<Slot> model = new ArrayList<>();
        for (int step = 0; step < 100_000; step++) {
            Slot slot = slots.get(random.nextInt(slots.size()));
            boolean on = random.nextInt(5) < 3;
            queue.mark(slot, on);
            model.remove(slot);
            if (on) {
                model.add(slot);
            }
            assertEquals(model.size(), queue.size());
            assertSame(model.isEmpty() ? null : model.getFirst(), queue.oldest());
            assertEquals(on, slot.reusable);
        }
        for (Slot next : model) {
            assertSame(next, queue.oldest());
            queue.mark(next, false);
        }
    }
}
