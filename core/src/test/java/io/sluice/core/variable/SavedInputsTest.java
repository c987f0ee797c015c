package io.sluice.core.variable;

import io.sluice.core.fuzz.SavedInputs;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What fuzzers, or people, once found worth keeping. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SavedInputsTest {
    @Test
    void every_template_is_read_as_the_rules_say() throws IOException {
        SavedInputs.replay(
                TemplateFuzz.class.getResourceAsStream("TemplateFuzz.txt"), TemplateFuzz::fuzzerTestOneInput);
    }
}
