package io.sluice.core.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MemoryBudgetTest {
    private final MemoryBudget budget = new MemoryBudget(100);
    private final List<String> served = new ArrayList<>();

    private MemoryBudget.Waiter waiter(String name, int bytes) {
        return new MemoryBudget.Waiter() {
            @Override
            public void memoryFreed() {
                served.add(name);
                assertTrue(budget.tryReserve(bytes));
            }

            @Override
            public int wantedBytes() {
                return bytes;
            }
        };
    }

    @Test
    void no_more_is_reserved_than_there_is() {
        assertTrue(budget.tryReserve(60));
        assertFalse(budget.tryReserve(41));
        assertTrue(budget.tryReserve(40));
        assertEquals(100, budget.reservedBytes());
        budget.release(100);
        assertEquals(0, budget.reservedBytes());
    }

    @Test
    void who_waits_is_served_in_the_order_of_coming() {
        assertTrue(budget.tryReserve(100));
        budget.await(waiter("a", 50));
        budget.await(waiter("b", 10));
        budget.await(waiter("c", 40));
        budget.release(40);
        assertEquals(List.of(), served, "the first wants more, and nobody overtakes it");
        budget.release(20);
        assertEquals(List.of("a", "b"), served);
        budget.release(60);
        assertEquals(List.of("a", "b", "c"), served);
    }

    @Test
    void nobody_overtakes_who_waits() {
        assertTrue(budget.tryReserve(90));
        budget.await(waiter("a", 50));
        assertFalse(budget.tryReserve(5));
        assertEquals(1, budget.waiting());
    }

    @Test
    void who_is_forgotten_is_not_served_and_holds_nobody_up() {
        assertTrue(budget.tryReserve(50));
        MemoryBudget.Waiter greedy = waiter("greedy", 80);
        budget.await(greedy);
        budget.await(waiter("modest", 30));
        budget.forget(greedy);
        assertEquals(List.of("modest"), served);
        assertEquals(80, budget.reservedBytes());
        assertEquals(0, budget.waiting());
    }

    @Test
    void who_wants_more_than_there_is_may_not_wait() {
        assertThrows(IllegalArgumentException.class, () -> budget.await(waiter("a", 101)));
    }
}
