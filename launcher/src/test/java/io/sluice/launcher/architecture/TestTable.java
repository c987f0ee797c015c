package io.sluice.launcher.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page of docs with tables whose last column names tests. */
final class TestTable {
    private static final int COLUMNS = 4;
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Contract))(?:#(\\w+))?`");

    /** By the name of the class; two modules may have one of the same name. */
    private final Map<String, List<SourceFile>> tests = Checkout.files("Test.java", "Contract.java").stream()
            .filter(file -> file.path().contains("/src/test/"))
            .collect(Collectors.groupingBy(TestTable::name));

    private final SourceFile page;

    TestTable(String path) {
        page = Checkout.files(path).getFirst();
    }

    private static String name(SourceFile file) {
        return file.path().replaceAll(".*/|\\.java$", "");
    }

    /** @param fewest rows that it has */
    void noCellIsEmptyAndEachRowNamesATest(int fewest) {
        List<String> rows = page.lines().stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| nginx"))
                .toList();
        assertTrue(rows.size() >= fewest, "the table was found");
        for (String row : rows) {
            String[] cells = row.substring(1).split("\\|", -1);
            assertEquals(COLUMNS + 1, cells.length, row);
            for (int i = 0; i < COLUMNS; i++) {
                assertTrue(!cells[i].isBlank(), row);
            }
            assertTrue(NAMED.matcher(cells[COLUMNS - 1]).find(), row);
        }
    }

    void eachNamedTestExists() {
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
