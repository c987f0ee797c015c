package io.sluice.launcher.architecture;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The tables in docs/peer-connection.md: what they name exists. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PeerConnectionTableTest {
    private static final int FIELDS_OF_NGINX = 36;

    private final TestTable table = new TestTable("docs/peer-connection.md");

    @Test
    void no_cell_is_empty_and_each_row_names_a_test() {
        table.noCellIsEmptyAndEachRowNamesATest(FIELDS_OF_NGINX);
    }

    @Test
    void each_named_test_exists() {
        table.eachNamedTestExists();
    }
}
