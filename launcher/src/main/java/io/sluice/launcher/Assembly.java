package io.sluice.launcher;

import io.sluice.core.config.Configuration;
import io.sluice.core.config.References;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.cycle.CycleLoader;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.event.Server;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What this server is put together of.
 *
 * @param references the defaults of core, event and the plugins
 */
record Assembly(List<Plugin> plugins, References references) {

    /** Everything on the module path. */
    static Assembly found() {
        List<Plugin> plugins = Plugins.in(ModuleLayer.boot());
        Set<Module> modules = new LinkedHashSet<>();
        modules.add(Cycle.class.getModule());
        modules.add(Server.class.getModule());
        plugins.forEach(plugin -> modules.add(plugin.getClass().getModule()));
        return new Assembly(plugins, References.of(modules));
    }

    /**
     * Reads and checks a file; opens nothing.
     *
     * @throws io.sluice.core.config.ConfigurationException with all that is wrong
     */
    Cycle load(Path file, Path prefix) {
        return load(Configuration.of(file, references), prefix);
    }

    /** As {@link #load(Path, Path)}, of what was read already. */
    Cycle load(Configuration configuration, Path prefix) {
        return CycleLoader.load(configuration, prefix, plugins, null);
    }
}
