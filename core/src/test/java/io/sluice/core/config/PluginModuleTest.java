package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a plugin in a module of its own, which exports and opens only what it must. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PluginModuleTest {

    private static final String MODULE_INFO = """
            module plugin {
                requires io.sluice.core;
                exports plugin;
            }
            """;

    private static final String PLUGIN = """
            package plugin;

            import io.sluice.core.config.*;
            import java.lang.invoke.MethodHandles;
            import java.util.List;
            import java.util.function.Supplier;

            public final class Plugin implements Supplier<String> {
                private static final Settings<inside.Hidden> SETTINGS =
                        Settings.of(MethodHandles.lookup(), inside.Hidden.class).under("hidden");

                @Override public String get() {
                    References references = References.of(List.of(Plugin.class.getModule()));
                    Configuration configuration =
                            Configuration.parse("hidden { mode = fast-one, part.number = 7 }", "sluice.conf", references);
                    String read = SETTINGS.read(configuration.root()).toString();
                    configuration.check();
                    return read;
                }
            }
            """;

    private static final String HIDDEN = """
            package inside;

            import io.sluice.core.config.NameValue;
            import java.util.List;
            import java.util.Optional;
            import org.jspecify.annotations.Nullable;

            public record Hidden(Mode mode, Part part, List<NameValue> headers, Optional<String> maybe, @Nullable String none) {
                enum Mode { SLOW_ONE, FAST_ONE }
                private record Part(int number) {}
            }
            """;

    private static final String REFERENCE = """
            hidden { mode = slow-one, part.number = 1, headers = [{ name = a, value = b }], maybe = null, none = null }
            """;

    @TempDir
    Path folder;

    @Test
    void a_record_of_a_package_that_is_not_exported_is_read_through_the_plugins_lookup() throws Exception {
        Module core = Settings.class.getModule();
        assumeTrue(core.isNamed(), "on the class path there is nothing to prove");

        Supplier<?> plugin = (Supplier<?>) loaded(compiled())
                .findModule("plugin")
                .map(module -> Class.forName(module, "plugin.Plugin"))
                .orElseThrow()
                .getConstructor()
                .newInstance();

        assertEquals(
                "Hidden[mode=FAST_ONE, part=Part[number=7], headers=[NameValue[name=a, value=b]], maybe=Optional.empty, none=null]",
                plugin.get());
    }

    private static ModuleLayer loaded(Path classes) {
        Configuration graph = ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("plugin"));
        return ModuleLayer.boot().defineModulesWithOneLoader(graph, Settings.class.getClassLoader());
    }

    private Path compiled() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(classes.resolve("reference.conf"), REFERENCE);
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output, true);
        int result = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        writer,
                        writer,
                        "-d",
                        classes.toString(),
                        "--module-path",
                        String.valueOf(System.getProperty("jdk.module.path")),
                        source("module-info.java", MODULE_INFO),
                        source("plugin/Plugin.java", PLUGIN),
                        source("inside/Hidden.java", HIDDEN));
        assertEquals(0, result, output::toString);
        return classes;
    }

    private String source(String name, String text) throws IOException {
        Path file = folder.resolve("sources").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return file.toString();
    }
}
