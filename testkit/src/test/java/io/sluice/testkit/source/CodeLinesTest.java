package io.sluice.testkit.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CodeLinesTest {
    private static final String SOURCE = """
            package a;

            import b.C;
            import static b.C.d;

            /** One line. */
            @A
            final class E {
                /**
                 * Several; with code();
                 */
                int f = 1; // counts

                // does not

                /* nor this
                   nor this */
                void g() {}
            }
            """;

    @Test
    void only_what_is_code_counts() {
        assertEquals(5, CodeLines.count(SOURCE.lines().toList()));
    }

    @Test
    void all_files_of_a_folder_count_but_those_about_modules_and_packages(@TempDir Path folder) throws Exception {
        Path below = Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(below.resolve("E.java"), SOURCE);
        Files.writeString(folder.resolve("F.java"), SOURCE);
        Files.writeString(folder.resolve("module-info.java"), SOURCE);
        Files.writeString(below.resolve("package-info.java"), SOURCE);
        Files.writeString(below.resolve("notes.txt"), SOURCE);
        assertEquals(10, CodeLines.in(folder));
        assertEquals(5, CodeLines.in(folder.resolve("F.java")));
    }
}
