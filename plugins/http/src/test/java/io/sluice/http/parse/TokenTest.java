package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TokenTest {
    private static final String ALL = "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~";

    @Test
    void a_token_has_these_77_characters_and_no_other() {
        for (int c = 0; c < 256; c++) {
            assertEquals(ALL.indexOf(c) >= 0, Token.has((byte) c), "byte " + c);
            assertEquals(ALL.indexOf(c) >= 0, Token.is("a" + (char) c + "b"), "character " + c);
        }
        assertEquals(77, ALL.length());
    }

    @Test
    void a_character_whose_low_byte_is_a_letter_is_none() {
        assertFalse(Token.is("\u0161"));
        assertFalse(Token.is("a\u4f61"));
    }

    @Test
    void nothing_is_no_token_and_what_is_outside_does_not_count() {
        byte[] bytes = " Host: ".getBytes(StandardCharsets.US_ASCII);
        assertTrue(Token.is(bytes, 1, 5));
        assertFalse(Token.is(bytes, 0, 5));
        assertFalse(Token.is(bytes, 1, 6));
        assertFalse(Token.is(bytes, 3, 3));
        assertFalse(Token.is(""));
    }
}
