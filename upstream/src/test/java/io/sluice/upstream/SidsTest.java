package io.sluice.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SidsTest {
    private static String find(Sids sids, String wanted) {
        byte[] bytes = (wanted + "rest").getBytes(StandardCharsets.UTF_8);
        return sids.find(bytes, bytes.length - 4);
    }

    @Test
    void each_is_found_by_its_bytes_and_nothing_else_is() {
        Random random = new Random(7);
        for (int size = 0; size < 200; size++) {
            String[] all = new String[size];
            for (int i = 0; i < size; i++) {
                // Half of them collide: "Aa" and "BB" have one hash.
                all[i] = "AaBB".repeat(1 + i % 3) + (random.nextBoolean() ? "Aa" : "BB") + i;
            }
            Sids sids = new Sids(all);
            for (String one : all) {
                assertSame(one, find(sids, one));
                assertNull(find(sids, one + "x"));
                assertNull(find(sids, one.substring(1)));
            }
            assertNull(find(sids, ""));
        }
    }

    @Test
    void one_that_is_not_of_ascii_is_found_by_its_utf_8() {
        Sids sids = new Sids(new String[] {"café", "b"});
        assertEquals("café", find(sids, "café"));
    }
}
