package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReferencesTest {

    @TempDir
    Path folder;

    @Test
    void all_files_of_a_class_path_are_united() throws IOException {
        URL[] roots = {root("one", "http.a = 1"), root("two", "http.b = 2")};
        try (URLClassLoader loader = new URLClassLoader(roots, null)) {
            Module unnamed = loader.getUnnamedModule();

            References references = References.of(List.of(unnamed, unnamed));

            assertEquals("{http={a=1, b=2}}", sorted(references));
        }
    }

    @Test
    void a_module_without_a_file_has_no_defaults() {
        assertEquals("{}", sorted(References.of(List.of(Object.class.getModule()))));
    }

    @Test
    void two_different_defaults_of_one_setting_are_a_problem() {
        References one = References.of("one", "http {\n a = 1\n b = 2\n c.d = null\n}");
        References same = References.of("same", "http.a = 1");
        References other = References.of("other", "http.a = 1\n\nhttp { b = 3, c = 4 }");

        assertEquals(sorted(one), sorted(one.and(same)));
        assertEquals(
                """
                other:3: http.b: has another default in one: 3
                other:3: http.c: has another default in one: 4""",
                assertThrows(ConfigurationException.class, () -> one.and(other)).getMessage());
    }

    @Test
    void a_file_that_cannot_be_parsed_is_refused() {
        assertTrue(String.valueOf(assertThrows(ConfigurationException.class, () -> References.of("one", "\na = $b"))
                        .getMessage())
                .startsWith("one:2: "));
        assertTrue(String.valueOf(assertThrows(ConfigurationException.class, () -> References.of("one", "\na = ${b}"))
                        .getMessage())
                .startsWith("one:2: "));
    }

    private URL root(String name, String text) throws IOException {
        Path root = Files.createDirectories(folder.resolve(name));
        Files.writeString(root.resolve("reference.conf"), text);
        return root.toUri().toURL();
    }

    private static String sorted(References references) {
        return new TreeMap<>(references.merged().unwrapped()).toString();
    }
}
