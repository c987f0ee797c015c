package io.sluice.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorthTryingTest {
    private final WorthTrying first = new WorthTrying();

    /** So many clients of one kind come; answers how many of them were read at once. */
    private int come(int clients, boolean talking) {
        int tried = 0;
        for (int i = 0; i < clients; i++) {
            if (first.isTried()) {
                tried++;
                first.was(talking);
            }
        }
        return tried;
    }

    @Test
    void it_is_tried_for_who_talks_at_once() {
        assertEquals(1000, come(1000, true));
    }

    @Test
    void where_all_are_silent_it_is_hardly_tried() {
        assertEquals(8, come(8, false));
        assertEquals(10, come(160, false));
    }

    @Test
    void a_few_silent_ones_among_others_end_nothing() {
        for (int i = 0; i < 100; i++) {
            assertEquals(7, come(7, false));
            assertEquals(7, come(7, true));
        }
    }

    @Test
    void it_begins_again_when_clients_talk_again() {
        come(100, false);
        int tried = come(20, true);
        assertTrue(tried >= 5, () -> tried + " of 20");
        assertEquals(100, come(100, true));
    }

    @Test
    void one_that_talks_among_many_that_are_silent_costs_one_try() {
        come(8, false);
        assertFalse(first.isTried());
        come(14, false);
        assertEquals(1, come(1, true));
        assertEquals(1, come(10, false));
    }
}
