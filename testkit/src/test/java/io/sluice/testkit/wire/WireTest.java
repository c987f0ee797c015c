package io.sluice.testkit.wire;

import static io.sluice.testkit.wire.Pair.soon;
import static io.sluice.testkit.wire.Pair.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WireTest {

    @Test
    void a_text_block_becomes_crlf_lines_and_crlf_stays() {
        assertEquals("a\r\nb\r\n\r\n", Wire.lines("a\nb\r\n\n"));
    }

    @Test
    void reads_exactly_so_many_bytes_and_leaves_the_rest() throws Exception {
        try (Pair pair = Pair.open()) {
            pair.nearSends("abcdef");
            assertEquals("abc", text(pair.far().read(3, soon())));
            assertEquals(0, pair.far().unreadBytes());
            assertEquals("def", text(pair.far().read(3, soon())));
        }
    }

    @Test
    void reads_up_to_a_delimiter_that_comes_in_two_pieces() throws Exception {
        try (Pair pair = Pair.open()) {
            pair.nearSends("head\r\n\r");
            pair.far().awaitBytes(soon());
            pair.nearSends("\nbody");
            assertEquals("head\r\n\r\n", text(pair.far().readUntil("\r\n\r\n", 100, soon())));
            assertEquals("body", text(pair.far().read(4, soon())));
        }
    }

    @Test
    void a_delimiter_that_does_not_come_within_the_limit_is_an_error() throws Exception {
        try (Pair pair = Pair.open()) {
            pair.nearSends("x".repeat(101));
            Exception error = assertThrows(Exception.class, () -> pair.far().readUntil("\n", 100, soon()));
            assertTrue(error.getMessage().contains("within 100 bytes"), error.getMessage());
        }
    }

    @Test
    void reads_what_is_larger_than_its_buffer() throws Exception {
        try (Pair pair = Pair.open()) {
            String big = "0123456789".repeat(10_000);
            pair.nearSends(big);
            assertEquals("012", text(pair.far().read(3, soon())));
            assertEquals(big.substring(3), text(pair.far().read(big.length() - 3, soon())));
        }
    }

    @Test
    void an_orderly_close_is_closed() throws Exception {
        try (Pair pair = Pair.open()) {
            pair.nearSends("bye");
            pair.near().close();
            assertEquals("bye", text(pair.far().readToEnd(soon())));
            assertEquals(Ending.CLOSED, pair.far().ending());
        }
    }

    @Test
    void a_reset_is_reset() throws Exception {
        try (Pair pair = Pair.open()) {
            pair.near().reset();
            assertEquals(Ending.RESET, pair.far().awaitEnding(soon()));
            EndedException error =
                    assertThrows(EndedException.class, () -> pair.far().readToEnd(soon()));
            assertEquals(Ending.RESET, error.ending());
        }
    }

    @Test
    void a_reset_after_a_close_and_a_write_is_reset() throws Exception {
        try (Pair pair = Pair.open()) {
            pair.nearSends("last words");
            pair.near().close();
            pair.far().awaitBytes(soon());
            // The first write is answered by a RST, one of the next ones then fails.
            assertThrows(EndedException.class, () -> {
                while (true) {
                    pair.far().write(new byte[] {1}, soon());
                }
            });
            assertEquals("last words", text(pair.far().read(10, soon())));
            assertEquals(Ending.RESET, pair.far().awaitEnding(soon()));
        }
    }

    @Test
    void looking_at_the_ending_does_not_wait_and_keeps_the_bytes() throws Exception {
        try (Pair pair = Pair.open()) {
            assertEquals(Ending.OPEN, pair.far().ending());
            pair.nearSends("kept");
            pair.near().close();
            Await.until("the close", () -> endingOf(pair.far()) == Ending.CLOSED);
            assertEquals("kept", text(pair.far().read(4, soon())));
        }
    }

    @Test
    void a_peer_that_closes_too_early_is_told_with_what_came() throws Exception {
        try (Pair pair = Pair.open()) {
            pair.nearSends("ab\r\n");
            pair.near().close();
            EndedException error =
                    assertThrows(EndedException.class, () -> pair.far().read(5, soon()));
            assertEquals("wanted 5 bytes, but the peer closed after 4 bytes \"ab\\r\\n\"", error.getMessage());
        }
    }

    @Test
    void a_wait_ends_at_its_deadline() throws Exception {
        try (Pair pair = Pair.open()) {
            pair.nearSends("ab");
            SocketTimeoutException error = assertThrows(
                    SocketTimeoutException.class, () -> pair.far().read(3, Deadline.in(Duration.ofMillis(1))));
            assertTrue(error.getMessage().startsWith("waited PT0.001S for bytes"), error.getMessage());
        }
    }

    @Test
    void an_interrupt_ends_a_wait_without_a_deadline() throws Exception {
        try (Pair pair = Pair.open()) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, () -> pair.far().read(1, Deadline.never()));
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void a_half_close_ends_only_one_direction() throws Exception {
        try (Pair pair = Pair.open()) {
            pair.near().shutdownOutput();
            assertFalse(pair.far().awaitBytes(soon()));
            pair.far().write(new byte[] {'x'}, soon());
            assertEquals("x", text(pair.near().read(1, soon())));
        }
    }

    @Test
    void a_peer_that_does_not_read_stops_the_writer_and_the_tap_knows_how_far_it_came() throws Exception {
        AtomicLong sent = new AtomicLong();
        Tap tap = new Tap() {
            @Override
            public void received(byte[] bytes, int offset, int length) {}

            @Override
            public void sent(int length) {
                sent.addAndGet(length);
            }
        };
        try (Pair pair = Pair.open(tap)) {
            long taken = 0;
            for (int count = -1; count != 0; taken += count) {
                count = pair.far().offer(new byte[1 << 20]);
            }
            assertEquals(taken, sent.get());
            assertThrows(
                    SocketTimeoutException.class,
                    () -> pair.far().write(new byte[] {1}, Deadline.in(Duration.ofMillis(1))));
            assertEquals(taken, pair.near().read((int) taken, soon()).length);
        }
    }

    private static Ending endingOf(Wire wire) {
        try {
            return wire.ending();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
