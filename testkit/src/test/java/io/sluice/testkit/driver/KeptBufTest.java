package io.sluice.testkit.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.StaleBufException;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A Buf kept too long, or used beyond its bounds, is an error and never another client's bytes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeptBufTest {
    private final Recorder plugin = new Recorder("tiny");
    private final List<Buf> kept = new ArrayList<>();

    /** Each connection keeps what it received in its own pool, and the plugin keeps the Buf for ever. */
    private Stepped start(String more) {
        plugin.in("readable", c -> {
            Buf into = c.pool().take(256);
            if (c.recv(into) > 0) {
                kept.add(into);
            }
        });
        return plugin.start(more);
    }

    @Test
    void a_buf_kept_after_its_connection_is_refused() {
        try (Stepped server = start("")) {
            server.connect().receives("secret");
            server.settle();
            Buf buf = kept.getFirst();
            assertEquals("secret", buf.text());
            plugin.last.close(CloseReason.FINISHED);
            refused(buf);
        }
    }

    @Test
    void a_buf_whose_block_went_to_another_client_shows_none_of_its_bytes_and_changes_none() {
        try (Stepped server = start("")) {
            for (int round = 0; round < 20; round++) {
                ScriptedConnection client = server.connect().receives("secret of " + round);
                server.settle();
                kept.subList(0, round).forEach(KeptBufTest::refused);
                assertEquals("secret of " + round, kept.getLast().text());
                plugin.last.close(CloseReason.FINISHED);
                assertTrue(client.isClosed());
            }
        }
    }

    @Test
    void the_others_bytes_stay_as_they_are() {
        try (Stepped server = start("")) {
            server.connect().receives("first");
            server.settle();
            plugin.last.close(CloseReason.FINISHED);
            server.connect().receives("second");
            server.settle();
            refused(kept.get(0));
            assertEquals("second", kept.get(1).text());
        }
    }

    @Test
    void a_kept_buf_cannot_be_sent_or_received_into() {
        try (Stepped server = start("")) {
            server.connect().receives("secret");
            server.settle();
            plugin.last.close(CloseReason.FINISHED);
            plugin.in("readable", c -> c.send(kept.getFirst()));
            ScriptedConnection next = server.connect();
            assertTrue(next.isClosed());
            assertEquals("", next.sent());
            plugin.in("readable", c -> c.recv(kept.getFirst()));
            assertTrue(server.connect().receives("x").isClosed());
        }
    }

    @Test
    void a_view_of_anothers_buf_ends_with_the_other() {
        try (Stepped server = start("")) {
            server.connect().receives("secret");
            server.settle();
            Connection first = plugin.last;
            server.connect();
            int at = kept.getFirst().start();
            Buf view = plugin.last.pool().view(kept.getFirst(), at + 2, at + 5);
            assertEquals("cre", view.text());
            first.close(CloseReason.FINISHED);
            refused(view);
        }
    }

    @Test
    void who_gave_it_back_is_known_if_the_setting_asks_for_it() {
        try (Stepped server = start("debug-memory = on")) {
            server.connect().receives("secret");
            server.settle();
            plugin.last.close(CloseReason.FINISHED);
            StaleBufException told =
                    assertThrows(StaleBufException.class, () -> kept.getFirst().get(0));
            assertTrue(List.of(told.getCause().getStackTrace()).stream()
                    .anyMatch(frame -> frame.getClassName().equals(Connection.class.getName())));
        }
    }

    @Test
    void a_buf_is_not_read_or_written_beyond_its_bounds() {
        try (Stepped server = start("")) {
            server.connect().receives("secret");
            server.settle();
            Buf buf = kept.getFirst();
            int at = buf.start();
            assertThrows(IndexOutOfBoundsException.class, () -> buf.get(at + 6));
            assertThrows(IndexOutOfBoundsException.class, () -> buf.get(at - 1));
            assertThrows(IndexOutOfBoundsException.class, () -> buf.text(at + 3, 4));
            assertThrows(IndexOutOfBoundsException.class, () -> buf.set(at + 6, (byte) 'x'));
            assertThrows(IndexOutOfBoundsException.class, () -> buf.put(new byte[251]));
            assertThrows(IndexOutOfBoundsException.class, () -> buf.advance(7));
            Buf view = plugin.last.pool().view(buf, at + 2, at + 4);
            assertThrows(IndexOutOfBoundsException.class, () -> view.get(at + 1));
            assertThrows(IndexOutOfBoundsException.class, () -> view.get(at + 4));
            assertThrows(IndexOutOfBoundsException.class, () -> view.put((byte) 'x'));
            assertThrows(IndexOutOfBoundsException.class, () -> view.set(at + 2, (byte) 'x'));
            assertThrows(IllegalArgumentException.class, () -> plugin.last.recv(view), "there is no room");
            assertEquals("secret", buf.text());
        }
    }

    private static void refused(Buf buf) {
        assertThrows(StaleBufException.class, buf::text);
        assertThrows(StaleBufException.class, () -> buf.get(0));
        assertThrows(StaleBufException.class, () -> buf.set(0, (byte) 'x'));
        assertThrows(StaleBufException.class, () -> buf.put((byte) 'x'));
        assertThrows(StaleBufException.class, () -> buf.putAscii("xx"));
        assertThrows(StaleBufException.class, buf::clear);
        assertThrows(StaleBufException.class, buf::rewind);
    }
}
