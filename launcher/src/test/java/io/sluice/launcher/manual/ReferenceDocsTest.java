package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReferenceDocsTest {

    @TempDir
    Path folder;

    @Test
    void settings_without_a_comment_directly_above_are_named() throws IOException {
        Path file = folder.resolve("reference.conf");
        Files.writeString(file, """
                # What a is.
                a = 1
                b = 2
                http {
                    # What c is.
                    c = []

                    d = []
                    # Too far away.

                    e = null
                    # What f is.
                    f { }
                    g { }
                    # What h.i is.
                    h.i = 1
                }
                """);

        assertEquals(
                List.of("b", "http.d", "http.e", "http.g"),
                ReferenceDocs.undocumented(file.toUri().toURL()));
    }

    @Test
    void the_sample_is_documented() throws IOException {
        Path file = folder.resolve("reference.conf");
        Files.writeString(file, Sample.REFERENCE_TEXT);

        assertEquals(List.of(), ReferenceDocs.undocumented(file.toUri().toURL()));
    }
}
