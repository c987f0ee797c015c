package io.sluice.core.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.HandClock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LineBufferTest {
    private final HandClock clock = HandClock.at("2026-11-21T07:34:00Z");
    private final LogWriter writer = new LogWriter(clock, LogOrigin.ofProcess(1, clock, ZoneOffset.UTC), 16);
    private final MemorySink sink = new MemorySink();
    private final LogFile file = writer.attach(sink);
    private final LineBuffer buffer = new LineBuffer(file, 16, 2);

    @Test
    void a_line_is_put_together_of_bytes_and_numbers() {
        LineBuffer wide = new LineBuffer(file, 200, 1);
        assertTrue(wide.begin(100));
        wide.put((byte) '[');
        wide.put("xGET y".getBytes(US_ASCII), 1, 4);
        wide.putLong(-1234567890123L);
        wide.putAscii("]\u0120\u010a ");
        wide.putLong(0);
        wide.putLong(Long.MIN_VALUE);
        wide.commit();
        wide.flush();
        assertEquals("[GET -1234567890123]?? 0-9223372036854775808\n", written());
    }

    @Test
    void what_comes_from_a_peer_is_escaped() {
        LineBuffer wide = new LineBuffer(file, 200, 1);
        byte[] hostile = "xa\"b\\c\r\nd\u001b\u007f\u00e9 ~y".getBytes(ISO_8859_1);
        wide.begin(100);
        wide.putEscaped(hostile, 1, hostile.length - 2);
        wide.commit();
        wide.flush();
        assertEquals("a\\x22b\\x5Cc\\x0D\\x0Ad\\x1B\\x7F\\xE9 ~\n", written());
    }

    @Test
    void nothing_is_handed_over_before_a_flush() {
        line("one");
        assertTrue(buffer.hasLines());
        assertEquals("", written());
        buffer.flush();
        assertFalse(buffer.hasLines());
        assertEquals("one\n", written());
    }

    @Test
    void a_line_that_does_not_fit_any_more_goes_into_the_next_buffer() {
        line("1234567");
        line("1234567");
        line("next");
        assertEquals("1234567\n1234567\n", written());
        buffer.flush();
        assertEquals("next\n", written());
    }

    @Test
    void without_a_free_buffer_lines_are_dropped_and_counted() {
        line("123456789012345");
        line("123456789012345");
        assertFalse(buffer.begin(1));
        assertFalse(buffer.begin(1));
        assertEquals(2, file.dropped());
        // The first buffer comes home.
        assertTrue(written().startsWith("123456789012345\n"));
        assertTrue(line("back"));
        buffer.flush();
        assertEquals("back\n", written());
    }

    @Test
    void buffers_go_round_for_ever() {
        for (int i = 0; i < 1000; i++) {
            assertTrue(line("abcdefgh"));
            buffer.flush();
            assertEquals("abcdefgh\n", written());
        }
        assertEquals(0, file.dropped());
    }

    @Test
    void a_line_longer_than_a_buffer_is_dropped_and_counted() {
        assertFalse(buffer.begin(16));
        assertEquals(1, file.dropped());
        assertTrue(line("123456789012345"));
        buffer.flush();
        assertTrue(written().startsWith("123456789012345\n"));
    }

    @Test
    void a_line_that_is_not_committed_leaves_no_trace() {
        line("one");
        buffer.begin(5);
        buffer.putAscii("lost");
        buffer.begin(5);
        buffer.putAscii("two");
        buffer.commit();
        buffer.begin(5);
        buffer.putAscii("lost");
        buffer.flush();
        assertEquals("one\ntwo\n", written());
        assertEquals(0, file.dropped());
    }

    @Test
    void more_than_was_promised_is_an_error() {
        buffer.begin(3);
        buffer.putAscii("abc");
        assertThrows(IllegalStateException.class, () -> buffer.put((byte) 'd'));
        assertThrows(IllegalStateException.class, () -> buffer.putLong(1));
        assertThrows(IllegalStateException.class, () -> buffer.putEscaped(new byte[1], 0, 1));
        buffer.commit();
        assertThrows(IllegalStateException.class, buffer::commit);
        assertThrows(IllegalStateException.class, () -> buffer.put((byte) 'e'));
        buffer.flush();
        assertEquals("abc\n", written());
    }

    @Test
    void a_full_queue_counts_the_lines_and_keeps_the_buffer() {
        LogWriter tiny = new LogWriter(clock, LogOrigin.ofProcess(1, clock, ZoneOffset.UTC), 2);
        MemorySink slow = new MemorySink();
        LogFile narrow = tiny.attach(slow);
        ErrorLog log = ErrorLog.of(LogOrigin.ofProcess(1, clock, ZoneOffset.UTC), LogLevel.ERR, narrow);
        log.log(LogLevel.ERR, "x");
        log.log(LogLevel.ERR, "x");
        LineBuffer single = new LineBuffer(narrow, 16, 1);
        for (int i = 0; i < 3; i++) {
            assertTrue(single.begin(2));
            single.putAscii("l");
            single.commit();
        }
        single.flush();
        assertEquals(3, narrow.dropped());
        assertFalse(single.hasLines());
        tiny.turn();
        slow.take();
        assertTrue(single.begin(2));
        single.putAscii("m");
        single.commit();
        single.flush();
        tiny.turn();
        assertEquals("m\n", slow.take());
    }

    @Test
    void an_empty_line_is_a_line() {
        assertTrue(buffer.begin(0));
        buffer.commit();
        buffer.flush();
        assertEquals("\n", written());
    }

    @Test
    void a_buffer_must_be_one_that_can_be_written() {
        assertThrows(IllegalArgumentException.class, () -> new LineBuffer(file, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new LineBuffer(file, 64 * 1024, 1));
        assertThrows(IllegalArgumentException.class, () -> new LineBuffer(file, 16, 0));
    }

    private boolean line(String text) {
        if (!buffer.begin(text.length())) {
            return false;
        }
        buffer.putAscii(text);
        buffer.commit();
        return true;
    }

    private String written() {
        while (writer.turn()) {}
        return sink.take();
    }
}
