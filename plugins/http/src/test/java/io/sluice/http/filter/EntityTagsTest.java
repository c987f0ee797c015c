package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EntityTagsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // list | tag | weakly | strongly
                "\"a\"|\"a\"|true|true",
                "\"b\"|\"a\"|false|false",
                "\"A\"|\"a\"|false|false",
                "\"a\" , \"b\"|\"b\"|true|true",
                "\"a\",\"b\"|\"b\"|true|true",
                ",, \"a\" ,,\"b\",|\"b\"|true|true",
                "W/\"a\"|\"a\"|true|false",
                "\"a\"|W/\"a\"|true|false",
                "W/\"a\"|W/\"a\"|true|false",
                "W/\"b\", \"a\"|\"a\"|true|true",
                "\"\"|\"\"|true|true",
                // A comma within quotes parts nothing.
                "\"x,\"|\"x,\"|true|true",
                "\"a,\"b\"|\"b\"|false|false",
                "\"x, \"|\"a\"|false|false",
                // Not well formed: what stands before counts, what follows does not.
                "\"a\" \"b\"|\"b\"|false|false",
                "\"a\" \"b\"|\"a\"|true|true",
                "a|\"a\"|false|false",
                "\"a|\"a\"|false|false",
                "\"ab\"|\"a\"|false|false",
                "\"a\"|\"ab\"|false|false",
                "w/\"a\"|\"a\"|false|false",
                "W/|W/\"a\"|false|false",
                "W/W/\"a\"|\"a\"|false|false",
                "*, \"a\"|\"a\"|false|false",
            })
    void tags_are_compared_as_the_rfc_says(String list, String tag, boolean weakly, boolean strongly) {
        byte[] bytes = (list + ", " + tag).getBytes(StandardCharsets.ISO_8859_1);
        byte[] own = tag.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(weakly, EntityTags.hasWeakly(bytes, list.length(), own));
        assertEquals(strongly, EntityTags.hasStrongly(bytes, list.length(), own));
    }

    @Test
    void a_star_alone_is_anything() {
        assertTrue(EntityTags.isAny(new byte[] {'*', ' '}, 1));
        assertFalse(EntityTags.isAny(new byte[] {'*', '*'}, 2));
        assertFalse(EntityTags.isAny(new byte[] {'*'}, 0));
    }

    @Test
    void no_list_breaks_the_comparison_and_one_of_other_letters_matches_never() {
        Random random = new Random(8);
        byte[] tag = {'"', 'x', '"'};
        String telling = "\"\"\"W/, \tab*,\0\377";
        for (int i = 0; i < 200_000; i++) {
            byte[] list = new byte[random.nextInt(24)];
            for (int at = 0; at < list.length; at++) {
                list[at] = (byte) telling.charAt(random.nextInt(telling.length()));
            }
            assertFalse(EntityTags.hasWeakly(list, list.length, tag));
            assertFalse(EntityTags.hasStrongly(list, list.length, tag));
        }
    }
}
