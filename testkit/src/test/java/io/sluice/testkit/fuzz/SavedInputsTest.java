package io.sluice.testkit.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SavedInputsTest {
    private static InputStream file(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void a_line_is_an_input_and_a_comment_is_none() {
        List<byte[]> read = SavedInputs.read(file("a b\\r\\n\n# why\n\\043\\377\\\\\n"));
        assertEquals(2, read.size());
        assertArrayEquals(new byte[] {'a', ' ', 'b', '\r', '\n'}, read.getFirst());
        assertArrayEquals(new byte[] {'#', -1, '\\'}, read.getLast());
    }

    @Test
    void what_is_written_is_read_again_whatever_the_bytes() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        for (byte[] input : List.of(all, new byte[] {'#'}, new byte[] {' ', ' ', ' '}, new byte[] {'a', '#'})) {
            String line = SavedInputs.written(input);
            assertEquals(line.strip(), line);
            assertArrayEquals(input, SavedInputs.read(file(line)).getFirst());
        }
    }

    @Test
    void the_entry_gets_all_and_the_one_it_fails_on_is_named() {
        List<String> seen = new ArrayList<>();
        SavedInputs.replay(file("a\nb\n"), input -> seen.add(new String(input, StandardCharsets.US_ASCII)));
        assertEquals(List.of("a", "b"), seen);
        AssertionError failed = assertThrows(
                AssertionError.class,
                () -> SavedInputs.replay(file("a\n\\177\n"), input -> assertTrue(input[0] == 'a')));
        assertEquals("\\177", failed.getMessage());
        assertThrows(IllegalArgumentException.class, () -> SavedInputs.read(null));
    }
}
