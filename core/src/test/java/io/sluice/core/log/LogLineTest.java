package io.sluice.core.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.Randomness;
import io.sluice.core.time.SeededRandomness;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogLineTest {
    private final LogLine line = new LogLine(1000);

    @Test
    void plain_text_stays_as_it_is() {
        line.append("open() \"/a\\b\" failed, ").append(-17L).append(' ').append(Long.MIN_VALUE);
        assertEquals("open() \"/a\\b\" failed, -17 -9223372036854775808", text());
    }

    @Test
    void control_characters_are_escaped() {
        line.append("a\r\nb\tc\u001b[31md\u007fe\u0000f");
        assertEquals("a\\x0D\\x0Ab\\x09c\\x1B[31md\\x7Fe\\x00f", text());
    }

    @Test
    void the_control_characters_of_c1_are_escaped_as_their_bytes_in_utf_8() {
        line.append("a\u009b31mb\u0085c\u0080d");
        assertEquals("a\\xC2\\x9B31mb\\xC2\\x85c\\xC2\\x80d", text());
    }

    @Test
    void characters_beyond_ascii_are_utf_8() {
        line.append("\u00a0 \u00fc \u07ff \u0800 \u20ac \uffff \ud83d\ude00");
        assertEquals("\u00a0 \u00fc \u07ff \u0800 \u20ac \uffff \ud83d\ude00", text());
    }

    @Test
    void half_a_surrogate_pair_is_a_question_mark() {
        line.append("a\ud83d").append("\ude00b\ud83d\ud83d\ude00").append('\ud83d');
        assertEquals("a??b?\ud83d\ude00?", text());
    }

    @Test
    void bytes_beyond_printable_ascii_are_escaped() {
        byte[] bytes = "xGET /\u00fc\n\u007f~ y".getBytes(ISO_8859_1);
        line.append(bytes, 1, bytes.length - 2);
        assertEquals("GET /\\xFC\\x0A\\x7F~ ", text());
    }

    @Test
    void what_does_not_fit_is_left_out_whole() {
        for (String last : new String[] {"\n", "\u009b", "\u20ac", "\ud83d\ude00"}) {
            LogLine full = new LogLine(7);
            full.append("12345").append(last);
            assertTrue(full.isCut());
            // Nothing after the first that did not fit, even if it would.
            full.append("6");
            assertEquals("12345", new String(full.toBytes(), UTF_8));
        }
    }

    @Test
    void a_line_may_be_filled_to_its_last_byte() {
        LogLine full = new LogLine(7);
        full.append("12345").append("\u00fc");
        assertFalse(full.isCut());
        assertEquals(7, full.count());
        full.endLine();
        assertEquals("12345\u00fc\n", new String(full.toBytes(), UTF_8));
    }

    @Test
    void a_cut_part_says_so_when_the_line_goes_on() {
        LogLine part = new LogLine(4);
        part.append("12345");
        part.extendTo(20);
        part.append(", client: ").append("too long");
        part.endLine();
        assertEquals("1234..., client: too\n", new String(part.toBytes(), UTF_8));
    }

    @Test
    void no_text_can_ever_forge_a_line_or_exceed_the_limit() {
        Randomness seeded = new SeededRandomness(20261121);
        for (int round = 0; round < 2000; round++) {
            int limit = 1 + seeded.nextInt(600);
            LogLine fuzzed = new LogLine(limit);
            while (!fuzzed.isCut()) {
                if (seeded.nextInt(2) == 0) {
                    fuzzed.append((char) seeded.nextInt(0x10000));
                } else {
                    fuzzed.append(new byte[] {(byte) seeded.nextLong()}, 0, 1);
                }
            }
            byte[] bytes = fuzzed.toBytes();
            assertTrue(bytes.length <= limit);
            String decoded = new String(bytes, UTF_8);
            for (int i = 0; i < decoded.length(); i++) {
                assertFalse(Character.isISOControl(decoded.charAt(i)));
            }
            // Well-formed: decoding lost nothing.
            assertArrayEquals(bytes, decoded.getBytes(UTF_8));
        }
    }

    private String text() {
        return new String(line.toBytes(), UTF_8);
    }
}
