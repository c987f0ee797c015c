package io.sluice.http.filter;

import io.sluice.testkit.fuzz.SavedInputs;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What fuzzers, or people, once found worth keeping. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SavedInputsTest {
    @Test
    void every_range_is_read_as_the_rfc_says() {
        SavedInputs.replay(
                ByteRangesFuzz.class.getResourceAsStream("ByteRangesFuzz.txt"), ByteRangesFuzz::fuzzerTestOneInput);
    }

    @Test
    void every_list_has_the_tags_it_shows() {
        SavedInputs.replay(
                EntityTagsFuzz.class.getResourceAsStream("EntityTagsFuzz.txt"), EntityTagsFuzz::fuzzerTestOneInput);
    }
}
