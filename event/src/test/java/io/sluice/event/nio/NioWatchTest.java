package io.sluice.event.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.event.spi.Readiness;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NioWatchTest {
    private static final int READ = SelectionKey.OP_READ;
    private static final int WRITE = SelectionKey.OP_WRITE;
    private static final int CONNECT = SelectionKey.OP_CONNECT;
    private static final int ACCEPT = SelectionKey.OP_ACCEPT;

    private final RecordingKey key = new RecordingKey();

    @Test
    void reading_that_is_acted_on_never_changes_what_the_key_is_armed_for() {
        NioWatch watch = new NioWatch(key, READ, 7);
        for (int i = 0; i < 100; i++) {
            assertTrue(watch.selected(READ));
            assertEquals(Readiness.READ, watch.tell());
            watch.awaitRead();
        }
        assertEquals(List.of(), key.changes);
    }

    @Test
    void what_is_found_again_before_it_was_acted_on_is_not_told_and_disarmed() {
        NioWatch watch = new NioWatch(key, READ, 7);
        watch.selected(READ);
        watch.tell();
        assertFalse(watch.selected(READ));
        assertEquals(0, watch.tell());
        assertEquals(List.of(0), key.changes);
    }

    @Test
    void reading_that_was_disarmed_is_armed_when_awaited_and_told_again() {
        NioWatch watch = new NioWatch(key, READ, 7);
        watch.selected(READ);
        watch.tell();
        watch.selected(READ);
        watch.awaitRead();
        assertEquals(List.of(0, READ), key.changes);
        assertTrue(watch.selected(READ));
        assertEquals(Readiness.READ, watch.tell());
    }

    @Test
    void what_was_found_and_not_told_is_told_once_whatever_is_found_meanwhile() {
        NioWatch watch = new NioWatch(key, READ | WRITE, 7);
        assertTrue(watch.selected(READ));
        assertFalse(watch.selected(READ | WRITE));
        assertEquals(Readiness.READ | Readiness.WRITE, watch.tell());
        assertEquals(0, watch.tell());
    }

    @Test
    void writing_is_armed_only_until_it_was_found() {
        NioWatch watch = new NioWatch(key, READ, 7);
        watch.awaitWrite();
        assertTrue(watch.selected(WRITE));
        assertEquals(Readiness.WRITE, watch.tell());
        assertEquals(List.of(READ | WRITE, READ), key.changes);
    }

    @Test
    void the_end_of_a_connect_is_told_as_writable_and_once() {
        NioWatch watch = new NioWatch(key, READ | CONNECT, 7);
        assertTrue(watch.selected(CONNECT));
        assertEquals(Readiness.WRITE, watch.tell());
        assertEquals(List.of(READ), key.changes);
    }

    @Test
    void queued_connections_are_told_as_long_as_there_are_any() {
        NioWatch watch = new NioWatch(key, ACCEPT, 7);
        for (int i = 0; i < 3; i++) {
            assertTrue(watch.selected(ACCEPT));
            assertEquals(Readiness.READ, watch.tell());
        }
        assertEquals(List.of(), key.changes);
    }

    @Test
    void a_pause_drops_what_was_not_told() {
        NioWatch watch = new NioWatch(key, ACCEPT, 7);
        watch.selected(ACCEPT);
        watch.accepting(false);
        assertEquals(0, watch.tell());
        watch.accepting(true);
        assertEquals(List.of(0, ACCEPT), key.changes);
    }

    @Test
    void renewed_it_tells_again_what_was_told_under_the_former_token() {
        NioWatch watch = new NioWatch(key, READ, 7);
        watch.selected(READ);
        watch.tell();
        watch.renew(READ, 8);
        assertEquals(8, watch.token());
        assertTrue(watch.selected(READ));
    }

    @Test
    void after_its_end_it_tells_nothing_and_leaves_the_key_alone() {
        NioWatch watch = new NioWatch(key, READ, 7);
        watch.selected(READ);
        watch.end();
        assertEquals(0, watch.tell());
        assertFalse(key.isValid());
        watch.awaitWrite();
        assertEquals(List.of(), key.changes);
    }

    /** A key of no selector, which notes what it is armed for. */
    private static final class RecordingKey extends SelectionKey {
        final List<Integer> changes = new ArrayList<>();
        private boolean valid = true;

        @Override
        public SelectableChannel channel() {
            throw new AssertionError("not asked for");
        }

        @Override
        public Selector selector() {
            throw new AssertionError("not asked for");
        }

        @Override
        public boolean isValid() {
            return valid;
        }

        @Override
        public void cancel() {
            valid = false;
        }

        @Override
        public int interestOps() {
            throw new AssertionError("the watch knows it");
        }

        @Override
        public SelectionKey interestOps(int ops) {
            changes.add(ops);
            return this;
        }

        @Override
        public int readyOps() {
            throw new AssertionError("not asked for");
        }
    }
}
