package io.sluice.event.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DescriptorsTest {
    @Test
    void the_limits_are_what_the_system_tells_elsewhere() throws IOException {
        Descriptors limits = Descriptors.limits();
        assertEquals(systemsWord(), limits);
    }

    @Test
    void the_soft_limit_can_be_lowered_and_raised_again() throws IOException {
        Descriptors before = Descriptors.limits();
        assertEquals(IoFault.NONE, Descriptors.limit(before.soft() - 1));
        try {
            assertEquals(new Descriptors(before.soft() - 1, before.hard()), systemsWord());
        } finally {
            assertEquals(IoFault.NONE, Descriptors.limit(before.soft()));
        }
        assertEquals(before, systemsWord());
    }

    private static Descriptors systemsWord() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(limit -> limit.startsWith("Max open files"))
                .findFirst()
                .orElseThrow();
        String[] words = line.substring("Max open files".length()).strip().split(" +", -1);
        return new Descriptors(number(words[0]), number(words[1]));
    }

    private static long number(String word) {
        return word.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(word);
    }
}
