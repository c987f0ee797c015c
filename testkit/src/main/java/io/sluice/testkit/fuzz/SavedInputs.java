package io.sluice.testkit.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Inputs of a fuzz entry that are worth keeping, as text: one a line, with the escapes of a Java string ({@code \r}, {@code \377}), a char
 * for each byte. A line that begins with {@code #} is a comment.
 */
public final class SavedInputs {
    private SavedInputs() {}

    /** @param text the file beside the entry, closed here; null if there is none */
    public static List<byte[]> read(@Nullable InputStream text) {
        if (text == null) {
            throw new IllegalArgumentException("no inputs were saved under that name");
        }
        try (text) {
            return new String(text.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.translateEscapes().getBytes(StandardCharsets.ISO_8859_1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the entry all of them. */
    public static void replay(@Nullable InputStream text, Consumer<byte[]> entry) {
        for (byte[] input : read(text)) {
            try {
                entry.accept(input);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(written(input), e);
            }
        }
    }

    /** An input as it stands in such a file. */
    public static String written(byte[] input) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < input.length; i++) {
            byte b = input[i];
            boolean atEnd = i == 0 || i == input.length - 1;
            switch (b) {
                case '\r' -> line.append("\\r");
                case '\n' -> line.append("\\n");
                case '\t' -> line.append("\\t");
                case '\\' -> line.append("\\\\");
                default -> {
                    // What would be taken for a comment, or not be seen.
                    boolean hidden = atEnd && (b == '#' || b == ' ');
                    if (b >= ' ' && b < 0x7f && !hidden) {
                        line.append((char) b);
                    } else {
                        line.append('\\').append(octal(b));
                    }
                }
            }
        }
        return line.toString();
    }

    private static String octal(byte b) {
        return "" + (char) ('0' + (b >> 6 & 3)) + (char) ('0' + (b >> 3 & 7)) + (char) ('0' + (b & 7));
    }
}
