package io.sluice.launcher;

import io.sluice.core.plugin.Plugin;
import io.sluice.event.spi.DriverFactory;
import java.io.PrintStream;
import java.lang.module.ModuleDescriptor;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** What {@code -V} prints. */
record Versions(Assembly assembly) {

    /** Of this build; nobody knows it before the jars are packed. */
    static String own() {
        return of(Versions.class.getModule());
    }

    void print(PrintStream out) {
        out.println("sluice " + own());
        out.println("JVM: " + System.getProperty("java.vm.name") + " " + Runtime.version() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        out.println("drivers:");
        for (DriverFactory driver : drivers()) {
            String reason = driver.unavailable();
            line(out, driver.name(), reason == null ? "can be used" : "cannot be used: " + reason);
        }
        out.println("plugins:");
        assembly.plugins().stream()
                .sorted(Comparator.comparing(Plugin::id))
                .forEach(plugin ->
                        line(out, plugin.id(), nameAndVersion(plugin.getClass().getModule())));
        out.println("modules:");
        ModuleLayer.boot().modules().stream()
                .filter(module -> !isOfTheJdk(module))
                .sorted(Comparator.comparing(Module::getName))
                .forEach(module -> line(out, module.getName(), of(module)));
    }

    /** The one that {@code auto} takes comes first. */
    private static List<DriverFactory> drivers() {
        return ServiceLoader.load(DriverFactory.class, Versions.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(DriverFactory::preference).reversed())
                .toList();
    }

    private static void line(PrintStream out, String name, String rest) {
        out.printf("    %-24s %s%n", name, rest);
    }

    private static boolean isOfTheJdk(Module module) {
        return module.getName().startsWith("java.") || module.getName().startsWith("jdk.");
    }

    private static String nameAndVersion(Module module) {
        return module.isNamed() ? module.getName() + " " + of(module) : "on the class path";
    }

    private static String of(Module module) {
        ModuleDescriptor descriptor = module.getDescriptor();
        return descriptor == null ? "unpacked" : descriptor.rawVersion().orElse("unpacked");
    }
}
