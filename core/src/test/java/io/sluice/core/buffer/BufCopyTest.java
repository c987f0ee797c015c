package io.sluice.core.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BufCopyTest {
    private final Slabs slabs = new Slabs(new MemoryBudget(1 << 20), false);
    private final Pool pool = slabs.pool();

    @AfterEach
    void close() {
        slabs.close();
    }

    @Test
    void bytes_are_copied_to_and_from_a_byte_buffer_which_moves_on() {
        Buf buf = pool.take(256);
        ByteBuffer direct = ByteBuffer.allocateDirect(16);
        direct.put("hello world".getBytes(StandardCharsets.US_ASCII)).flip();
        buf.put(direct, 5);
        assertEquals(5, direct.position());
        buf.put(direct, 6);
        assertEquals("hello world", buf.text());
        direct.clear();
        buf.get(6, direct, 5);
        assertEquals(5, direct.position());
        assertEquals('w', direct.get(0));
        assertEquals('d', direct.get(4));
        assertEquals(0, buf.pos(), "reading a range does not use it up");
    }

    @Test
    void a_character_of_two_bytes_does_not_become_a_line_end() {
        Buf buf = pool.take(256);
        buf.putAscii("a\u010d\u010ab");
        assertEquals("a??b", buf.text());
    }

    @Test
    void a_driver_that_narrowed_the_view_of_the_block_does_no_harm() {
        Buf buf = pool.take(256);
        buf.put(new byte[] {1, 2, 3, 4});
        buf.advance(2);
        slabs.nativeAccess().readView(buf);
        ByteBuffer direct = ByteBuffer.allocateDirect(4);
        buf.get(0, direct, 4);
        assertEquals(1, direct.get(0));
        direct.flip();
        buf.put(direct, 4);
        assertEquals(6, buf.size());
    }

    @Test
    void the_bounds_of_the_view_hold_and_those_of_the_byte_buffer() {
        Buf buf = pool.take(256);
        buf.put(new byte[10]);
        ByteBuffer direct = ByteBuffer.allocateDirect(300);
        assertThrows(IndexOutOfBoundsException.class, () -> buf.get(5, direct, 6));
        assertThrows(IndexOutOfBoundsException.class, () -> buf.get(0, direct, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> buf.put(direct, 247));
        assertThrows(IndexOutOfBoundsException.class, () -> buf.put(direct.slice(0, 3), 4));
        assertThrows(IndexOutOfBoundsException.class, () -> buf.get(0, direct.slice(0, 3), 4));
        Buf constant = pool.view(Constant.of(new byte[8]));
        assertThrows(IndexOutOfBoundsException.class, () -> constant.put(direct, 1));
        constant.get(0, direct.clear(), 8);
        assertEquals(8, direct.position());
        assertEquals(10, buf.size(), "what failed has changed nothing");
    }

    @Test
    void after_the_end_of_the_pool_nothing_is_copied() {
        Buf buf = pool.take(256);
        buf.put(new byte[10]);
        pool.end();
        ByteBuffer direct = ByteBuffer.allocateDirect(16);
        assertThrows(StaleBufException.class, () -> buf.get(0, direct, 1));
        assertThrows(StaleBufException.class, () -> buf.put(direct, 1));
    }

    @Test
    void recycled_is_forgotten_with_the_handle() {
        Buf mark = pool.mark().recycled(true);
        pool.free(mark);
        assertFalse(pool.mark().recycled());
    }
}
