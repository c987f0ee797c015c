package io.sluice.proxy;

import io.sluice.testkit.wire.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An access log of a format of its own, and what is in it. */
record AccessLines(Path file) {
    /** The setting that makes the server write it. */
    String setting(String format) {
        return "http.access-log { file = \"" + file + "\", format = \"" + format + "\" }\n";
    }

    /** Waits for so many lines. */
    List<String> await(int count) {
        Await.until(count + " lines of the access log", () -> read().size() >= count);
        return read();
    }

    private List<String> read() {
        try {
            return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
