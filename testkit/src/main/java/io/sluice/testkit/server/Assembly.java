package io.sluice.testkit.server;

import io.sluice.core.config.Configuration;
import io.sluice.core.config.References;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.cycle.CycleLoader;
import io.sluice.core.plugin.Plugin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Some plugins, to be loaded with a configuration given as text.
 *
 * @param prefix the folder to which relative file names belong
 */
public record Assembly(List<Plugin> plugins, Path prefix) {
    /**
     * Reads and checks, opens nothing.
     *
     * @throws io.sluice.core.config.ConfigurationException with everything that is wrong
     */
    public Cycle load(String configuration) {
        List<Module> modules = new ArrayList<>();
        modules.add(Cycle.class.getModule());
        plugins.forEach(plugin -> modules.add(plugin.getClass().getModule()));
        References references = References.of(modules.stream().distinct().toList());
        return CycleLoader.load(Configuration.parse(configuration, "test.conf", references), prefix, plugins, null);
    }

    /** As {@link #load}, with one worker unless the configuration says how many. */
    public Cycle loadToStart(String configuration) {
        boolean counts = configuration.lines().anyMatch(line -> line.strip().startsWith("workers"));
        return load(counts ? configuration : configuration + "\nworkers = 1\n");
    }
}
