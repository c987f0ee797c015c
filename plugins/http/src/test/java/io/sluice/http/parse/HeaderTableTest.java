package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeaderTableTest {

    @Test
    void what_is_put_in_comes_out_also_after_it_has_grown() {
        HeaderTable table = new HeaderTable(KnownHeaders.STANDARD);
        for (int i = 0; i < 1000; i++) {
            int id = i % 50 - 1;
            assertEquals(i >= 50 && id >= 0, add(table, i, id));
            table.nextSegment();
        }
        assertEquals(1000, table.size());
        for (int i = 0; i < 1000; i++) {
            assertEquals(i % 50 - 1, table.id(i));
            assertEquals(i, table.segment(i));
            assertEquals(-i, table.nameHash(i));
            assertEquals(i * 10, table.nameOffset(i));
            assertEquals(3, table.nameLength(i));
            assertEquals(i * 10 + 5, table.valueOffset(i));
            assertEquals(4, table.valueLength(i));
        }
    }

    @Test
    void headers_are_found_by_name_in_the_order_they_came() {
        HeaderTable table = new HeaderTable(KnownHeaders.STANDARD);
        add(table, 0, HeaderName.COOKIE.ordinal());
        add(table, 1, -1);
        add(table, 2, HeaderName.COOKIE.ordinal());
        assertTrue(table.has(HeaderName.COOKIE));
        assertEquals(0, table.first(HeaderName.COOKIE));
        assertEquals(2, table.next(HeaderName.COOKIE.ordinal(), 0));
        assertEquals(-1, table.next(HeaderName.COOKIE.ordinal(), 2));
        assertFalse(table.has(HeaderName.VIA));
        assertEquals(-1, table.first(HeaderName.VIA));
    }

    @Test
    void nothing_of_the_last_head_is_left_after_a_reset() {
        HeaderTable table = new HeaderTable(KnownHeaders.STANDARD);
        add(table, 0, HeaderName.COOKIE.ordinal());
        table.nextSegment();
        table.reset();
        assertEquals(0, table.size());
        assertEquals(0, table.segment());
        assertFalse(table.has(HeaderName.COOKIE));
        assertThrows(IndexOutOfBoundsException.class, () -> table.nameOffset(0));
    }

    @Test
    void ids_of_a_larger_configuration_have_room() {
        List<String> names = IntStream.range(0, 300).mapToObj(i -> "x-" + i).toList();
        KnownHeaders known = KnownHeaders.with(names);
        HeaderTable table = new HeaderTable(KnownHeaders.STANDARD);
        table.reset(known);
        add(table, 0, known.size() - 1);
        assertEquals(0, table.first(known.size() - 1));
    }

    private static boolean add(HeaderTable table, int i, int id) {
        return table.add(id, -i, HeaderTable.span(i * 10, i * 10 + 3), HeaderTable.span(i * 10 + 5, i * 10 + 9));
    }
}
