package io.sluice.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AwaitTest {

    @Test
    void returns_at_the_first_time_the_condition_holds() {
        AtomicInteger asked = new AtomicInteger();

        Await.until("the third question", () -> asked.incrementAndGet() == 3);

        assertEquals(3, asked.get());
    }

    @Test
    void asks_once_even_when_there_is_no_time() {
        AtomicInteger asked = new AtomicInteger();

        Await.until("anything", Duration.ZERO, () -> asked.incrementAndGet() > 0);

        assertEquals(1, asked.get());
    }

    @Test
    void says_what_it_waited_for() {
        AssertionError error =
                assertThrows(AssertionError.class, () -> Await.until("rain", Duration.ofMillis(1), () -> false));

        assertEquals("waited PT0.001S for rain", error.getMessage());
    }

    @Test
    void an_interrupt_ends_the_wait_and_stays_set() {
        Thread.currentThread().interrupt();

        assertThrows(AssertionError.class, () -> Await.until("rain", () -> false));
        assertTrue(Thread.interrupted());
    }
}
