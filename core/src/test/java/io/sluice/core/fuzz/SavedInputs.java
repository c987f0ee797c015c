package io.sluice.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** As the testkit's, which cannot be used here: it is made of core. */
public final class SavedInputs {
    private SavedInputs() {}

    public static void replay(InputStream text, Consumer<byte[]> entry) throws IOException {
        assertNotNull(text);
        try (text) {
            new String(text.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> replay(line, entry));
        }
    }

    private static void replay(String line, Consumer<byte[]> entry) {
        try {
            entry.accept(line.translateEscapes().getBytes(StandardCharsets.ISO_8859_1));
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(line, e);
        }
    }
}
