package io.sluice.http.parse;

import io.sluice.testkit.fuzz.SavedInputs;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What fuzzers, or people, once found worth keeping. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SavedInputsTest {
    @Test
    void every_host_is_read_as_the_grammar_says() {
        SavedInputs.replay(
                AuthorityFuzz.class.getResourceAsStream("AuthorityFuzz.txt"), AuthorityFuzz::fuzzerTestOneInput);
    }

    @Test
    void every_chunked_body_is_read_as_the_grammar_says() {
        SavedInputs.replay(ChunkedFuzz.class.getResourceAsStream("ChunkedFuzz.txt"), ChunkedFuzz::fuzzerTestOneInput);
    }

    @Test
    void every_date_is_read_as_the_rfc_says() {
        SavedInputs.replay(
                HttpDateFuzz.class.getResourceAsStream("HttpDateFuzz.txt"), HttpDateFuzz::fuzzerTestOneInput);
    }

    @Test
    void every_request_is_the_same_however_it_is_cut() {
        SavedInputs.replay(
                RequestHeadFuzz.class.getResourceAsStream("RequestHeadFuzz.txt"), RequestHeadFuzz::fuzzerTestOneInput);
    }

    @Test
    void every_response_is_the_same_however_it_is_cut() {
        SavedInputs.replay(
                ResponseHeadFuzz.class.getResourceAsStream("ResponseHeadFuzz.txt"),
                ResponseHeadFuzz::fuzzerTestOneInput);
    }

    @Test
    void every_path_is_normalized_as_the_rules_say() {
        SavedInputs.replay(UriFuzz.class.getResourceAsStream("UriFuzz.txt"), UriFuzz::fuzzerTestOneInput);
    }
}
