package io.sluice.core.config;

import io.sluice.core.fuzz.SavedInputs;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What fuzzers, or people, once found worth keeping. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SavedInputsTest {
    @Test
    void every_configuration_is_refused_or_its_dump_is_the_same() throws IOException {
        SavedInputs.replay(
                ConfigurationFuzz.class.getResourceAsStream("ConfigurationFuzz.txt"),
                ConfigurationFuzz::fuzzerTestOneInput);
    }

    @Test
    void every_value_is_refused_or_the_same_once_more() throws IOException {
        SavedInputs.replay(ScalarFuzz.class.getResourceAsStream("ScalarFuzz.txt"), ScalarFuzz::fuzzerTestOneInput);
    }
}
