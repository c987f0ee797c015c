package io.sluice.launcher.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The checkout this test was built in: its sources, and the folders of its modules. */
final class Checkout {

    static final Path ROOT = Path.of(System.getProperty("sluice.root"));

    private Checkout() {}

    /** The names of the folders below {@code plugins} that are modules. */
    static List<String> plugins() {
        try (Stream<Path> folders = Files.list(ROOT.resolve("plugins"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every text file that is ours, in the order of their paths; nothing that was built. */
    static List<SourceFile> files(String... endings) {
        List<SourceFile> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = folder.getFileName().toString();
                    boolean hidden = name.startsWith(".") && !name.equals(".ci") && !folder.equals(ROOT);
                    return hidden || name.equals("target") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (Stream.of(endings).anyMatch(file.toString()::endsWith)) {
                        found.add(SourceFile.read(ROOT, file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return List.copyOf(found);
    }
}
