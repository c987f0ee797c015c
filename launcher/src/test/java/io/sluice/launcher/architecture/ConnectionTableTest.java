package io.sluice.launcher.architecture;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The table in docs/connection.md: what it names exists. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConnectionTableTest {
    private static final int FIELDS_OF_NGINX = 40;

    private final TestTable table = new TestTable("docs/connection.md");

    @Test
    void no_cell_is_empty_and_each_row_names_a_test() {
        table.noCellIsEmptyAndEachRowNamesATest(FIELDS_OF_NGINX);
    }

    @Test
    void each_named_test_exists() {
        table.eachNamedTestExists();
    }
}
