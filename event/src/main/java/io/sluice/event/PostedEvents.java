package io.sluice.event;

import io.sluice.core.connection.Event;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events to be handled after I/O and timers: those of this turn, and those that let the others go first (nginx's {@code
 * ngx_posted_events} and {@code ngx_posted_next_events}). Posting one that is posted already does nothing.
 *
 * <p>Taking an event back only clears its mark; its place in the queue is skipped later, also when the slot's next
 * owner has posted it for another turn.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class PostedEvents {
    private Queue current = new Queue();
    private Queue next = new Queue();

    void post(Event event) {
        if (!event.posted()) {
            event.posted(true);
            event.putOff(false);
            current.add(event);
        }
    }

    void postNext(Event event) {
        if (!event.posted()) {
            event.posted(true);
            event.putOff(true);
            next.add(event);
        }
    }

    /** At the start of a turn: what was put off becomes ready now. Answers whether anything waits, so that the loop must not. */
    boolean beginTurn() {
        if (next.isEmpty()) {
            return !current.isEmpty();
        }
        for (Event event = next.poll(); event != null; event = next.poll()) {
            if (event.posted() && event.putOff()) {
                event.putOff(false);
                event.ready(true);
                current.add(event);
            }
        }
        return true;
    }

    /**
     * Takes the next event of this turn, its mark cleared.
     *
     * @return null when there is none
     */
    @Nullable
    Event poll() {
        for (Event event = current.poll(); event != null; event = current.poll()) {
            if (event.posted() && !event.putOff()) {
                event.posted(false);
                return event;
            }
        }
        return null;
    }

    /** A ring that grows. */
    private static final class Queue {
        private @Nullable Event[] ring = new Event[64];
        private int head;
        private int size;

        boolean isEmpty() {
            return size == 0;
        }

        void add(Event event) {
            if (size == ring.length) {
                grow();
            }
            ring[head + size & ring.length - 1] = event;
            size++;
        }

        @Nullable
        Event poll() {
            if (size == 0) {
                return null;
            }
            Event event = ring[head];
            ring[head] = null;
            head = head + 1 & ring.length - 1;
            size--;
            return event;
        }

        private void grow() {
            @Nullable Event[] larger = Arrays.copyOf(ring, ring.length * 2);
            for (int i = 0; i < size; i++) {
                larger[i] = ring[head + i & ring.length - 1];
            }
            ring = larger;
            head = 0;
        }
    }
}
