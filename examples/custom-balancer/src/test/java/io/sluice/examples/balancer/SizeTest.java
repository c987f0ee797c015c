package io.sluice.examples.balancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.source.CodeLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SizeTest {
    private static final Path MAIN = Path.of("src/main/java/io/sluice/examples/balancer");
    private static final Path TESTS = Path.of("src/test/java/io/sluice/examples/balancer");

    @Test
    void a_balancer_of_its_own_is_fifteen_lines() {
        long lines = CodeLines.in(MAIN.resolve("LeastActive.java"));
        assertTrue(lines > 5 && lines <= 15, lines + " lines");
    }

    @Test
    void one_with_the_whole_contract_is_forty() {
        long lines = CodeLines.in(MAIN.resolve("LeastLatency.java"));
        assertTrue(lines > 15 && lines <= 40, lines + " lines");
    }

    @Test
    void there_is_no_more_to_it() throws IOException {
        try (Stream<Path> files = Files.list(MAIN)) {
            assertEquals(3, files.count(), "the two and the package's description");
        }
    }

    @Test
    void each_is_tested_without_a_socket_in_twenty_five() {
        for (String test : List.of("LeastActiveSteppedTest.java", "LeastLatencySteppedTest.java")) {
            long lines = CodeLines.in(TESTS.resolve(test));
            assertTrue(lines <= 25, test + ": " + lines + " lines");
        }
    }
}
