package io.sluice.testkit.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts the lines of Java that somebody has to write: not those that are blank, comments, imports or the package, and neither
 * module-info nor package-info.
 */
public final class CodeLines {
    private CodeLines() {}

    /** The lines of a file, or of all files below a folder. */
    public static long in(Path fileOrFolder) {
        try (Stream<Path> files = Files.walk(fileOrFolder)) {
            return files.filter(CodeLines::counts)
                    .mapToLong(file -> count(lines(file)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean counts(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".java") && !name.equals("module-info.java") && !name.equals("package-info.java");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long count(List<String> lines) {
        long count = 0;
        boolean inComment = false;
        for (String line : lines) {
            String code = line.strip();
            if (inComment) {
                inComment = !code.endsWith("*/");
            } else if (code.startsWith("/*")) {
                inComment = !code.endsWith("*/");
            } else if (!code.isEmpty() && !isSkipped(code)) {
                count++;
            }
        }
        return count;
    }

    private static boolean isSkipped(String code) {
        return code.startsWith("//") || code.startsWith("import ") || code.startsWith("package ");
    }
}
