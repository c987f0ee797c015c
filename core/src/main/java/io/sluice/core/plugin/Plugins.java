package io.sluice.core.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Finds plugins. The order found is the order of the module path and says nothing: {@code Order} decides. */
public final class Plugins {
    private Plugins() {}

    /** All plugins that a layer provides. */
    public static List<Plugin> in(ModuleLayer layer) {
        List<Plugin> found = new ArrayList<>();
        ServiceLoader.load(layer, Plugin.class).forEach(found::add);
        return found;
    }

    /** All plugins that a class loader sees: for tests and for those who use the class path. */
    public static List<Plugin> in(ClassLoader loader) {
        List<Plugin> found = new ArrayList<>();
        ServiceLoader.load(Plugin.class, loader).forEach(found::add);
        return found;
    }
}
