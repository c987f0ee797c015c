package io.sluice.launcher.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArrowsTest {

    private static final String HOME = "io.sluice.";

    /** Plugins that others extend. */
    private static final List<String> EXTENDED = List.of("http", "stream");

    /** The names of their packages: those of the folders, without what cannot stand in one. */
    static List<String> plugins() {
        return Checkout.plugins().stream()
                .map(folder -> folder.replace("-", ""))
                .toList();
    }

    static List<String> modules() {
        return Stream.concat(Stream.of("core", "event", "upstream", "testkit", "launcher"), plugins().stream())
                .toList();
    }

    @Test
    void the_classes_are_found() {
        assertTrue(ProductClasses.ALL.contain("io.sluice.launcher.Main"));
        assertTrue(plugins().contains("http"));
    }

    @Test
    void core_stands_on_the_JDK_and_the_wiring_only() {
        classes()
                .that()
                .resideInAPackage("io.sluice.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.sluice.core..",
                        "java..",
                        "jakarta.inject..",
                        "com.google.inject..",
                        "com.google.common..",
                        "com.google.errorprone.annotations..",
                        "com.typesafe.config..",
                        "org.jctools..",
                        "org.jspecify.annotations..",
                        "org.slf4j..")
                .allowEmptyShould(true)
                .check(ProductClasses.ALL);
    }

    @Test
    void event_knows_core() {
        knowsOnly("event", "core");
    }

    @Test
    void upstream_knows_event_and_core() {
        knowsOnly("upstream", "event", "core");
    }

    @Test
    void testkit_knows_no_plugin() {
        knowsOnly("testkit", "upstream", "event", "core");
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void a_plugin_knows_no_other_but_those_that_are_extended(String plugin) {
        List<String> known = new ArrayList<>(List.of("upstream", "event", "core"));
        if (!EXTENDED.contains(plugin)) {
            known.addAll(EXTENDED);
        }
        knowsOnly(plugin, known.toArray(String[]::new));
    }

    @Test
    void nobody_knows_the_launcher() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sluice.launcher..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sluice.launcher..")
                .check(ProductClasses.ALL);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void the_packages_of_a_module_form_no_circle(String module) {
        SlicesRuleDefinition.slices()
                .assignedFrom(packagesOf(module))
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(ProductClasses.ALL);
    }

    private static void knowsOnly(String module, String... others) {
        List<String> known = new ArrayList<>(List.of(others));
        known.add(module);
        String[] strangers = Stream.concat(modules().stream(), Stream.of("examples", "bench"))
                .filter(other -> !known.contains(other))
                .map(other -> HOME + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(HOME + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(strangers)
                .allowEmptyShould(true)
                .check(ProductClasses.ALL);
    }

    private static SliceAssignment packagesOf(String module) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                String name = type.getPackageName();
                boolean ours = name.equals(HOME + module) || name.startsWith(HOME + module + ".");
                return ours ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages of " + module;
            }
        };
    }
}
