package io.sluice.core.variable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.Slabs;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BytesSinkTest {
    private final BytesSink sink = new BytesSink(4, 40);

    @Test
    void it_grows_with_what_is_put() {
        assertTrue(sink.isEmpty());
        sink.put((byte) 'a');
        sink.put(new byte[] {'b', 'c'});
        sink.put("xdefghiy".getBytes(UTF_8), 1, 6);
        sink.putAscii("jk");
        sink.putLong(-42);
        assertEquals("abcdefghijk-42", sink.toString());
        assertEquals(14, sink.count());
        assertFalse(sink.isEmpty());
        assertArrayEquals("abcdefghijk-42".getBytes(UTF_8), sink.toBytes());
    }

    @Test
    void a_character_of_two_bytes_does_not_become_a_line_end() {
        sink.putAscii("a\u010d\u010ab\u00e9");
        assertArrayEquals(new byte[] {'a', '?', '?', 'b', (byte) 0xe9}, sink.toBytes());
    }

    @Test
    void bytes_of_a_buf_are_put_up_to_the_limit() {
        try (Slabs slabs = new Slabs(new MemoryBudget(1 << 20), false)) {
            Buf buf = slabs.pool().take(256);
            buf.putAscii("0123456789".repeat(5));
            sink.putAscii("a");
            sink.put(buf, 3, 5);
            sink.put(buf, 9, 0);
            assertEquals("a34567", sink.toString());
            assertThrows(IndexOutOfBoundsException.class, () -> sink.put(buf, 49, 2));
            assertThrows(IllegalStateException.class, () -> sink.put(buf, 0, 35));
            sink.put(buf, 0, 34);
            assertEquals(40, sink.count());
        }
    }

    @Test
    void it_keeps_what_it_has_grown_to() {
        sink.putAscii("0123456789");
        byte[] grown = sink.array();
        sink.reset();
        assertEquals(0, sink.count());
        sink.putAscii("9876543210");
        assertSame(grown, sink.array());
        assertEquals("9876543210", sink.toString());
    }

    @Test
    void it_may_be_filled_to_its_limit_and_not_further() {
        sink.putAscii("x".repeat(39));
        sink.put((byte) 'y');
        assertEquals(40, sink.array().length);
        assertThrows(IllegalStateException.class, () -> sink.put((byte) 'z'));
        assertThrows(IllegalStateException.class, () -> sink.putLong(1));
        assertEquals("x".repeat(39) + "y", sink.toString());
    }

    @Test
    void seconds_have_three_digits_behind_the_point() {
        for (long millis : new long[] {0, 7, 70, 700, 1_000, 61_007}) {
            sink.putSeconds(millis);
            sink.put((byte) ' ');
        }
        assertEquals("0.000 0.007 0.070 0.700 1.000 61.007 ", sink.toString());
    }

    @Test
    void its_end_can_be_taken_back() {
        sink.putAscii("abcdef");
        sink.truncate(6);
        sink.truncate(2);
        sink.putAscii("z");
        assertEquals("abz", sink.toString());
        assertThrows(IllegalArgumentException.class, () -> sink.truncate(4));
        assertThrows(IllegalArgumentException.class, () -> sink.truncate(-1));
    }

    @Test
    void it_cannot_begin_larger_than_its_limit() {
        assertThrows(IllegalArgumentException.class, () -> new BytesSink(5, 4));
        assertThrows(IllegalArgumentException.class, () -> new BytesSink(-1, 4));
        BytesSink empty = new BytesSink(0, 4);
        empty.putAscii("abcd");
        assertEquals("abcd", empty.toString());
    }
}
