package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ResolvedTest {

    private static final Path EXAMPLE = Path.of(System.getProperty("sluice.root"), "examples/reverse-proxy");

    /** A comment more or less in a reference.conf is nobody's business here. */
    private static final Pattern LINE_OF_A_DEFAULT = Pattern.compile("(/reference\\.conf):\\d+");

    /** Where a new setting, plugin, phase or filter changes it on purpose, the golden file takes what is printed. */
    @Test
    void the_example_is_dumped_as_the_golden_file_says() throws IOException {
        Run run = Run.of("-T", "-c", EXAMPLE.resolve("sluice.conf").toString()).without(EXAMPLE);
        assertEquals(0, run.exitCode());
        assertEquals("sluice: configuration file sluice.conf test is successful\n", run.err());
        assertEquals(golden(), LINE_OF_A_DEFAULT.matcher(run.out()).replaceAll("$1"));
    }

    private static String golden() throws IOException {
        try (InputStream file = ResolvedTest.class.getResourceAsStream("/reverse-proxy.dump")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
