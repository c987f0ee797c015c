package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** For a fuzzer: a configuration is refused with places, or its dump is read as the same. */
final class ConfigurationFuzz {
    private ConfigurationFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        if (text.contains("include")) {
            return; // files and addresses
        }
        List<Sample.Read> read;
        String dump;
        try {
            Configuration configuration = Sample.parse(text);
            read = Sample.read(configuration);
            configuration.check();
            dump = configuration.dump();
        } catch (ConfigurationException e) {
            assertFalse(e.problems().isEmpty());
            for (Problem problem : e.problems()) {
                assertTrue(problem.line() > 0 && !problem.message().isEmpty(), problem::toString);
            }
            return;
        }
        Configuration again = Sample.parse(dump);
        assertEquals(values(read), values(Sample.read(again)));
        again.check();
    }

    /** Sections are places, and no values. */
    private static String values(List<Sample.Read> read) {
        return read.toString().replaceAll("Section@[0-9a-f]+", "Section");
    }
}
