package io.sluice.http;

import io.sluice.testkit.fuzz.SavedInputs;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What fuzzers, or people, once found worth keeping. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SavedInputsTest {
    @Test
    void every_cookie_is_found_where_it_is() {
        SavedInputs.replay(CookieFuzz.class.getResourceAsStream("CookieFuzz.txt"), CookieFuzz::fuzzerTestOneInput);
    }

    @Test
    void every_path_that_clients_reach_may_be_a_target() {
        SavedInputs.replay(
                NewTargetFuzz.class.getResourceAsStream("NewTargetFuzz.txt"), NewTargetFuzz::fuzzerTestOneInput);
    }

    @Test
    void every_client_is_answered_alike_in_all_pieces() {
        SavedInputs.replay(ClientFuzz.class.getResourceAsStream("ClientFuzz.txt"), ClientFuzz::fuzzerTestOneInput);
    }
}
