import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks or applies the format of all sources below a folder. A file known to be right is recognised by the hash of its
 * text, so that the next run costs nothing. A file named not-formatted tells the build that something is wrong.
 */
final class Format {
    static void main(String[] args) throws IOException {
        boolean apply = args[0].equals("apply");
        Path root = Path.of(args[1]);
        Path known = root.resolve("build/format/target/formatted");
        Set<String> right = Files.exists(known) ? new HashSet<>(Files.readAllLines(known)) : Set.of();
        Set<String> nowRight = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        for (Path file : sources(root)) {
            String text = Files.readString(file);
            if (right.contains(hash(text))) {
                nowRight.add(hash(text));
                continue;
            }
            try {
                String formatted = formatter.formatSource(RemoveUnusedImports.removeUnusedImports(
                        ImportOrderer.reorderImports(text, JavaFormatterOptions.Style.PALANTIR)));
                if (!formatted.equals(text)) {
                    wrong.add(root.relativize(file).toString());
                    if (apply) {
                        Files.writeString(file, formatted);
                    }
                }
                if (apply || formatted.equals(text)) {
                    nowRight.add(hash(formatted));
                }
            } catch (FormatterException e) {
                broken.add(root.relativize(file) + ": " + e.getMessage());
            }
        }
        Files.createDirectories(known.getParent());
        Files.write(known, nowRight);
        for (String file : wrong) {
            System.err.println((apply ? "formatted: " : "not formatted: ") + file);
        }
        for (String message : broken) {
            System.err.println("cannot be parsed: " + message);
        }
        Path complaint = known.resolveSibling("not-formatted");
        Files.deleteIfExists(complaint);
        if (!broken.isEmpty() || (!apply && !wrong.isEmpty())) {
            Files.createFile(complaint);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean skipped = name.equals("target") || (name.startsWith(".") && !folder.equals(root));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    /** The formatter's version is part of it: another version may want another format. */
    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Formatter.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath()
                    .getBytes());
            return HexFormat.of().formatHex(digest.digest(text.getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
