package io.sluice.core.connection;

import io.sluice.core.fuzz.SavedInputs;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What fuzzers, or people, once found worth keeping. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SavedInputsTest {
    @Test
    void every_address_is_refused_or_the_same_once_more() throws IOException {
        SavedInputs.replay(AddressFuzz.class.getResourceAsStream("AddressFuzz.txt"), AddressFuzz::fuzzerTestOneInput);
    }
}
