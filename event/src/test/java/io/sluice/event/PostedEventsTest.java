package io.sluice.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.ConnectionEngine;
import io.sluice.core.connection.ConnectionPool;
import io.sluice.core.connection.Event;
import io.sluice.core.time.CachedTime;
import io.sluice.core.time.SystemClock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostedEventsTest {
    private final PostedEvents posted = new PostedEvents();
    private final ConnectionPool pool = pool();

    private static ConnectionPool pool() {
        ConnectionEngine engine = Mockito.mock(ConnectionEngine.class);
        Timers timers = new Timers(new CachedTime(new SystemClock(), ZoneOffset.UTC));
        Mockito.when(engine.timers()).thenReturn(timers);
        return new ConnectionPool(200, engine);
    }

    private Event event(int slot) {
        return pool.slot(slot).read();
    }

    @Test
    void events_are_handled_in_the_order_of_posting_and_once() {
        posted.post(event(0));
        posted.post(event(1));
        posted.post(event(0));
        assertSame(event(0), posted.poll());
        assertFalse(event(0).posted());
        assertSame(event(1), posted.poll());
        assertNull(posted.poll());
    }

    @Test
    void what_is_put_off_waits_for_the_next_turn_and_is_ready_then() {
        posted.postNext(event(0));
        assertNull(posted.poll());
        assertFalse(event(0).ready());
        assertTrue(posted.beginTurn(), "the loop must not wait");
        assertTrue(event(0).ready());
        assertSame(event(0), posted.poll());
        assertFalse(posted.beginTurn());
    }

    @Test
    void one_that_always_puts_itself_off_lets_every_other_go_in_each_turn() {
        posted.postNext(event(0));
        for (int turn = 0; turn < 100; turn++) {
            posted.beginTurn();
            posted.post(event(1));
            int handled = 0;
            for (Event event = posted.poll(); event != null; event = posted.poll()) {
                handled++;
                if (event == event(0)) {
                    posted.postNext(event);
                }
            }
            assertEquals(2, handled);
        }
    }

    @Test
    void what_was_taken_back_is_not_handled() {
        posted.post(event(0));
        posted.postNext(event(1));
        event(0).posted(false);
        event(1).posted(false);
        assertNull(posted.poll());
        posted.beginTurn();
        assertNull(posted.poll());
        assertFalse(event(1).ready());
    }

    /** The slot has another owner in the same turn, who wants to let the others go first. */
    @Test
    void what_was_taken_back_and_put_off_anew_is_not_handled_in_the_place_of_the_former() {
        posted.post(event(0));
        event(0).posted(false);
        posted.postNext(event(0));
        assertNull(posted.poll());
        posted.beginTurn();
        assertSame(event(0), posted.poll());
        posted.postNext(event(1));
        event(1).posted(false);
        posted.postNext(event(1));
        posted.beginTurn();
        assertSame(event(1), posted.poll());
        assertNull(posted.poll());
    }

    @Test
    void there_is_room_for_all() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 200; i++) {
                posted.post(event(i));
            }
            for (int i = 0; i < 200; i++) {
                assertSame(event(i), posted.poll());
            }
        }
    }
}
