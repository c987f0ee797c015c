package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeaderLineTest {

    @Test
    void a_value_may_have_anything_but_controls_wherever_they_stand() {
        for (int c = 0; c < 256; c++) {
            boolean good = c == '\t' || (c >= ' ' && c != 0x7f);
            for (int before = 0; before < 20; before++) {
                byte[] bytes =
                        ("x".repeat(before) + (char) c + "y".repeat(20 - before)).getBytes(StandardCharsets.ISO_8859_1);
                assertEquals(good, HeaderLine.isValue(bytes, 0, bytes.length), "byte " + c + " behind " + before);
            }
            assertEquals(good, HeaderLine.isValue("x" + (char) c), "character " + c);
        }
    }

    @Test
    void only_what_is_inside_counts() {
        byte[] bytes = "\n\na long value\r\n".getBytes(StandardCharsets.US_ASCII);
        assertTrue(HeaderLine.isValue(bytes, 2, 14));
        assertFalse(HeaderLine.isValue(bytes, 1, 14));
        assertFalse(HeaderLine.isValue(bytes, 2, 15));
        assertTrue(HeaderLine.isValue(bytes, 1, 1));
        assertTrue(HeaderLine.isValue("\u010a\u4f0d"));
    }

    @Test
    void what_is_wrong_is_told_in_a_line_that_can_be_shown() {
        assertNull(HeaderLine.fault("X-Name", "a value"));
        assertNull(HeaderLine.fault("X-Name", ""));
        assertEquals("\"\" cannot be the name of a header", HeaderLine.fault("", "a"));
        assertEquals("\"X??Y\" cannot be the name of a header", HeaderLine.fault("X\r\nY", "a\r\n"));
        assertEquals("the value of X has a control character", HeaderLine.fault("X", "a\r\nY: b"));
    }
}
