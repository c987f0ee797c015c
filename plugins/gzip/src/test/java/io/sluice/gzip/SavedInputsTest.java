package io.sluice.gzip;

import io.sluice.testkit.fuzz.SavedInputs;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What fuzzers, or people, once found worth keeping. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SavedInputsTest {
    @Test
    void every_list_of_codings_is_read_as_the_grammar_says() {
        SavedInputs.replay(
                AcceptEncodingFuzz.class.getResourceAsStream("AcceptEncodingFuzz.txt"),
                AcceptEncodingFuzz::fuzzerTestOneInput);
    }
}
