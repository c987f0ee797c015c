package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KnownHeadersTest {

    @Test
    void every_name_is_found_in_any_case_by_its_ordinal() {
        for (HeaderName name : HeaderName.values()) {
            assertEquals(name.ordinal(), find(KnownHeaders.STANDARD, name.text()), name.text());
            assertEquals(name.ordinal(), find(KnownHeaders.STANDARD, name.text().toLowerCase(Locale.ROOT)));
            assertEquals(name.ordinal(), find(KnownHeaders.STANDARD, name.text().toUpperCase(Locale.ROOT)));
            assertEquals(name.ordinal(), KnownHeaders.STANDARD.idOf(name.text()));
        }
    }

    @Test
    void no_byte_but_the_case_of_a_letter_may_differ() {
        for (HeaderName name : HeaderName.values()) {
            byte[] bytes = Wire.bytes(name.text());
            for (int i = 0; i < bytes.length; i++) {
                byte right = bytes[i];
                for (int bit = 0; bit < 8; bit++) {
                    boolean letter = Character.isLetter(right);
                    bytes[i] = (byte) (right ^ (1 << bit));
                    int expected = letter && bit == 5 ? name.ordinal() : KnownHeaders.STANDARD.idOf(Wire.text(bytes));
                    assertEquals(expected, find(KnownHeaders.STANDARD, Wire.text(bytes)));
                }
                bytes[i] = right;
            }
        }
    }

    @Test
    void a_configuration_adds_names_behind_the_fixed_ones() {
        KnownHeaders known = KnownHeaders.with(List.of("X-Tenant", "host", "x-tenant", "a_b~^|"));
        assertEquals(HeaderName.values().length + 2, known.size());
        assertEquals(HeaderName.values().length, find(known, "X-TENANT"));
        assertEquals(HeaderName.values().length + 1, find(known, "A_B~^|"));
        assertEquals(-1, find(known, "a_b^~|"));
        assertEquals(HeaderName.HOST.ordinal(), known.idOf("HOST"));
        assertEquals(-1, known.idOf("x-other"));
        assertSame(KnownHeaders.STANDARD, KnownHeaders.with(List.of()));
    }

    @Test
    void many_names_are_all_found() {
        List<String> names =
                IntStream.range(0, 2000).mapToObj(i -> "x-header-number-" + i).toList();
        KnownHeaders known = KnownHeaders.with(names);
        for (String name : names) {
            assertEquals(known.idOf(name), find(known, name));
        }
        assertEquals(-1, find(known, "x-header-number-2000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "\u00e4", "a\r\nb"})
    void a_name_is_a_token(String name) {
        assertThrows(IllegalArgumentException.class, () -> KnownHeaders.with(List.of(name)));
    }

    private static int find(KnownHeaders known, String name) {
        byte[] bytes = Wire.bytes("::" + name + "::");
        int to = bytes.length - 2;
        return known.find(bytes, 2, to, NameHash.of(bytes, 2, to));
    }
}
