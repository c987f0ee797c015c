package io.sluice.launcher.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A file as its lines.
 *
 * @param path from the root of the checkout, with slashes
 */
record SourceFile(String path, List<String> lines) implements Comparable<SourceFile> {

    static SourceFile read(Path root, Path file) throws IOException {
        String path = root.relativize(file).toString().replace('\\', '/');
        return new SourceFile(path, Files.readAllLines(file));
    }

    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isMain() {
        return path.contains("/src/main/java/");
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    String folder() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    String text() {
        return String.join("\n", lines);
    }

    /** Tells {@code complaints} of every line in which the pattern is found. */
    void complainOf(Pattern pattern, String insteadDo, Consumer<String> complaints) {
        for (int i = 0; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).find()) {
                complaints.accept(path + ":" + (i + 1) + ": " + insteadDo + ": "
                        + lines.get(i).strip());
            }
        }
    }

    @Override
    public int compareTo(SourceFile other) {
        return path.compareTo(other.path);
    }
}
