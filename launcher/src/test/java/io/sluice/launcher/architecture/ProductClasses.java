package io.sluice.launcher.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Everything that ships and the testkit, as compiled. */
final class ProductClasses {

    static final JavaClasses ALL = load();

    private ProductClasses() {}

    private static JavaClasses load() {
        Stream<String> plugins = Checkout.plugins().stream().map("plugins/"::concat);
        List<Path> folders = Stream.concat(Stream.of("core", "event", "upstream", "testkit", "launcher"), plugins)
                .map(module -> Checkout.ROOT.resolve(module).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter().importPaths(folders);
    }
}
