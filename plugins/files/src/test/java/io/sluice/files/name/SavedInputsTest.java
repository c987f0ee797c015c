package io.sluice.files.name;

import io.sluice.testkit.fuzz.SavedInputs;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What fuzzers, or people, once found worth keeping. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SavedInputsTest {
    @Test
    void every_name_comes_out_as_it_went_in() {
        SavedInputs.replay(
                PercentEncodingFuzz.class.getResourceAsStream("PercentEncodingFuzz.txt"),
                PercentEncodingFuzz::fuzzerTestOneInput);
    }
}
