package io.sluice.stream.hello;

import io.sluice.testkit.fuzz.SavedInputs;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What fuzzers, or people, once found worth keeping. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SavedInputsTest {
    @Test
    void every_hello_is_the_same_in_all_pieces() {
        SavedInputs.replay(HelloFuzz.class.getResourceAsStream("HelloFuzz.txt"), HelloFuzz::fuzzerTestOneInput);
    }
}
