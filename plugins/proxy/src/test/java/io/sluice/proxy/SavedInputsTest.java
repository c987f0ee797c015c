package io.sluice.proxy;

import io.sluice.testkit.fuzz.SavedInputs;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What fuzzers, or people, once found worth keeping. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SavedInputsTest {
    @Test
    void every_target_is_a_path_or_refused() {
        SavedInputs.replay(
                AccelTargetFuzz.class.getResourceAsStream("AccelTargetFuzz.txt"), AccelTargetFuzz::fuzzerTestOneInput);
    }

    @Test
    void every_answer_goes_on_alike_in_all_pieces() {
        SavedInputs.replay(PeerFuzz.class.getResourceAsStream("PeerFuzz.txt"), PeerFuzz::fuzzerTestOneInput);
    }
}
