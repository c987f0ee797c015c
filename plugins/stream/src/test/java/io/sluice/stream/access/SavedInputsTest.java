package io.sluice.stream.access;

import io.sluice.testkit.fuzz.SavedInputs;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What fuzzers, or people, once found worth keeping. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SavedInputsTest {
    @Test
    void every_range_holds_what_its_prefix_says() {
        SavedInputs.replay(
                AddressRangeFuzz.class.getResourceAsStream("AddressRangeFuzz.txt"),
                AddressRangeFuzz::fuzzerTestOneInput);
    }
}
