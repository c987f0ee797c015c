package io.sluice.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Supplier;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a plugin in a module of its own, which exports and opens only what it must. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PluginModuleTest {

    private static final Map<String, String> PLUGIN = Map.of(
            "module-info.java", """
            module plugin {
                requires io.sluice.core;
                exports plugin;
            }
            """,
            "plugin/Plugin.java", """
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
            """,
            "plugin/Shared.java", """
            package plugin;

            public record Shared(long number, double share) {}
            """,
            "inside/Hidden.java", """
            package inside;

            import io.sluice.core.config.NameValue;
            import java.util.List;
            import java.util.Optional;
            import org.jspecify.annotations.Nullable;

            public record Hidden(Mode mode, Part part, List<NameValue> headers, Optional<String> maybe, @Nullable String none) {
                enum Mode { SLOW_ONE, FAST_ONE }
                private record Part(int number) {}
            }
            """,
            "reference.conf", """
            hidden { mode = slow-one, part.number = 1, headers = [{ name = a, value = b }], maybe = null, none = null }
            """);

    private static final Map<String, String> OTHER = Map.of(
            "module-info.java", """
            module other {
                requires io.sluice.core;
                requires plugin;
                exports other;
            }
            """,
            "other/Other.java", """
            package other;

            import io.sluice.core.config.*;
            import java.lang.invoke.MethodHandles;
            import java.util.function.Supplier;

            public final class Other implements Supplier<String> {
                private record Own(plugin.Shared shared) {}

                @Override public String get() {
                    Configuration configuration =
                            Configuration.parse("shared { number = 3, share = 0.5 }", "sluice.conf", References.none());
                    return Settings.of(MethodHandles.lookup(), Own.class).read(configuration.root()).toString();
                }
            }
            """);

    @TempDir
    Path folder;

    @BeforeEach
    void only_on_the_module_path() {
        assumeTrue(Settings.class.getModule().isNamed(), "on the class path there is nothing to prove");
    }

    @Test
    void a_record_of_a_package_that_is_not_exported_is_read_through_the_plugins_lookup() throws Exception {
        Path plugin = compiled("plugin", PLUGIN);

        assertEquals(
                "Hidden[mode=FAST_ONE, part=Part[number=7], headers=[NameValue[name=a, value=b]], maybe=Optional.empty, none=null]",
                result("plugin.Plugin", plugin));
    }

    @Test
    void a_public_record_of_another_plugin_can_be_part_of_ones_own() throws Exception {
        Path plugin = compiled("plugin", PLUGIN);
        Path other = compiled("other", OTHER, plugin);

        assertEquals("Own[shared=Shared[number=3, share=0.5]]", result("other.Other", other, plugin));
    }

    /** What the class answers in a layer of its module and those beside it. */
    private static Object result(String className, Path... modules) throws Exception {
        String name = className.substring(0, className.indexOf('.'));
        java.lang.module.Configuration graph =
                ModuleLayer.boot().configuration().resolve(ModuleFinder.of(modules), ModuleFinder.of(), Set.of(name));
        Module module = ModuleLayer.boot()
                .defineModulesWithManyLoaders(graph, Settings.class.getClassLoader())
                .findModule(name)
                .orElseThrow();
        return Class.forName(module, className)
                .asSubclass(Supplier.class)
                .getConstructor()
                .newInstance()
                .get();
    }

    private Path compiled(String name, Map<String, String> files, Path... beside) throws IOException {
        Path classes = folder.resolve(name + "/classes");
        StringJoiner path = new StringJoiner(File.pathSeparator);
        path.add(System.getProperty("jdk.module.path"));
        for (Path module : beside) {
            path.add(module.toString());
        }
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "--module-path", path.toString()));
        for (Map.Entry<String, String> file : files.entrySet()) {
            boolean isSource = file.getKey().endsWith(".java");
            Path at = (isSource ? folder.resolve(name) : classes).resolve(file.getKey());
            Files.createDirectories(at.getParent());
            Files.writeString(at, file.getValue());
            if (isSource) {
                arguments.add(at.toString());
            }
        }
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output, true);
        ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
        assertEquals(0, compiler.run(writer, writer, arguments.toArray(String[]::new)), output::toString);
        return classes;
    }
}
