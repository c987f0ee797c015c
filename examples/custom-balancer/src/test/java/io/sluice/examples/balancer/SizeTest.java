package io.sluice.examples.balancer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.source.CodeLines;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SizeTest {
    @Test
    void a_balancer_of_its_own_is_fifteen_lines() {
        long lines = CodeLines.in(Path.of("src/main/java"));
        assertTrue(lines <= 15, lines + " lines");
    }

    @Test
    void and_is_tested_without_a_socket_in_twenty_five() {
        long lines = CodeLines.in(Path.of("src/test/java/io/sluice/examples/balancer/LeastActiveSteppedTest.java"));
        assertTrue(lines <= 25, lines + " lines");
    }
}
