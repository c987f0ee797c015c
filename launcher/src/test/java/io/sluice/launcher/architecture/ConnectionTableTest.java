package io.sluice.launcher.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The table in docs/connection.md: what it names exists. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConnectionTableTest {
    private static final int COLUMNS = 4;
    private static final int FIELDS_OF_NGINX = 40;
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Contract))(?:#(\\w+))?`");

    /** By the name of the class; two modules may have one of the same name. */
    private final Map<String, List<SourceFile>> tests = Checkout.files("Test.java", "Contract.java").stream()
            .filter(file -> file.path().contains("/src/test/"))
            .collect(Collectors.groupingBy(ConnectionTableTest::name));

    private final SourceFile page = Checkout.files("docs/connection.md").getFirst();

    private static String name(SourceFile file) {
        return file.path().replaceAll(".*/|\\.java$", "");
    }

    private List<String> rows() {
        return page.lines().stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| nginx"))
                .toList();
    }

    @Test
    void no_cell_is_empty_and_each_row_names_a_test() {
        assertTrue(rows().size() >= FIELDS_OF_NGINX, "the table was found");
        for (String row : rows()) {
            String[] cells = row.substring(1).split("\\|", -1);
            assertEquals(COLUMNS + 1, cells.length, row);
            for (int i = 0; i < COLUMNS; i++) {
                assertTrue(!cells[i].isBlank(), row);
            }
            assertTrue(NAMED.matcher(cells[COLUMNS - 1]).find(), row);
        }
    }

    @Test
    void each_named_test_exists() {
        List<String> missing = new ArrayList<>();
        for (String line : page.lines()) {
            NAMED.matcher(line).results().filter(named -> !exists(named)).forEach(named -> missing.add(named.group()));
        }
        assertEquals(List.of(), missing);
    }

    private boolean exists(MatchResult named) {
        String method = named.group(2);
        return tests.getOrDefault(named.group(1), List.of()).stream()
                .anyMatch(test -> method == null
                        || test.lines().stream().anyMatch(line -> line.contains("void " + method + "(")));
    }
}
