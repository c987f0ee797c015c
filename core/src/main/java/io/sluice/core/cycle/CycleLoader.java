package io.sluice.core.cycle;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import io.sluice.core.config.Configuration;
import io.sluice.core.config.ConfigurationException;
import io.sluice.core.connection.BufferedBits;
import io.sluice.core.connection.Listening;
import io.sluice.core.plugin.Order;
import io.sluice.core.plugin.Plugin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a cycle of a configuration and plugins: everything is read and checked, nothing is opened. */
public final class CycleLoader {
    private CycleLoader() {}

    /**
     * @param prefix the folder to which relative file names belong
     * @param former the cycle that runs now, or null: its buffered bits keep their values
     * @throws ConfigurationException with everything that is wrong
     */
    public static Cycle load(Configuration configuration, Path prefix, List<Plugin> plugins, @Nullable Cycle former) {
        CoreSettings settings = CoreSettings.SETTINGS.read(configuration.root());
        List<Plugin> ordered = order(configuration, settings, plugins);
        Contributions brought = new Contributions(
                former == null ? new BufferedBits() : former.bits().next());
        Injector injector = injector(configuration, settings, ordered, prefix, brought);
        brought.bits.assign();
        brought.bits.problems().forEach(problem -> configuration.root().problem(problem));
        if (injector != null) {
            for (var step : brought.steps) {
                step.build(injector);
            }
        }
        List<Listening> listenings = Listenings.merged(brought.listenings, configuration.root()::problem);
        brought.listenings.clear();
        brought.listenings.addAll(listenings);
        checkSlots(configuration, settings, brought);
        checkConsumers(configuration, brought);
        configuration.check();
        if (injector == null) {
            throw new ConfigurationException(configuration.problems());
        }
        List<String> ids = ordered.stream().map(Plugin::id).toList();
        return new Cycle(configuration, settings, prefix, injector, ids, brought);
    }

    private static List<Plugin> order(Configuration configuration, CoreSettings settings, List<Plugin> plugins) {
        List<Order.Entry<Plugin>> entries = new ArrayList<>();
        for (Plugin plugin :
                plugins.stream().sorted(Comparator.comparing(Plugin::id)).toList()) {
            if (!entries.isEmpty() && entries.getLast().name().equals(plugin.id())) {
                configuration.root().problem("two plugins are called " + plugin.id());
            }
            entries.add(Order.Entry.of(plugin.id(), plugin));
        }
        List<String> wanted = settings.plugins().order();
        for (String name : wanted) {
            if (entries.stream().noneMatch(entry -> entry.name().equals(name))) {
                configuration.root().section("plugins").problem("order", "no plugin is called " + name);
            }
        }
        return Order.resolve("plugins", entries, wanted, configuration.root()).stream()
                .map(Order.Entry::value)
                .toList();
    }

    private static @Nullable Injector injector(
            Configuration configuration,
            CoreSettings settings,
            List<Plugin> plugins,
            Path prefix,
            Contributions brought) {
        List<Module> modules = new ArrayList<>();
        modules.add(binder -> binder.bind(CoreSettings.class).toInstance(settings));
        for (Plugin plugin : plugins) {
            modules.add(new AbstractModule() {
                @Override
                protected void configure() {
                    plugin.configure(new Bindings(plugin.id(), binder(), configuration, prefix, brought));
                }
            });
        }
        try {
            return Guice.createInjector(Stage.DEVELOPMENT, modules);
        } catch (CreationException refused) {
            for (Message message : refused.getErrorMessages()) {
                Throwable cause = message.getCause();
                configuration.root().problem(message.getMessage() + (cause == null ? "" : " (" + cause + ")"));
            }
            return null;
        }
    }

    private static void checkConsumers(Configuration configuration, Contributions brought) {
        for (var listening : brought.listenings) {
            if (brought.consumers.stream().noneMatch(known -> known.key().id().equals(listening.consumerId()))) {
                configuration
                        .root()
                        .problem(listening.where() + ": no plugin binds the consumer " + listening.consumerId());
            }
        }
    }

    /** A worker needs a slot for each listening socket and one more (ngx_event_init_conf). */
    private static void checkSlots(Configuration configuration, CoreSettings settings, Contributions brought) {
        int listening = brought.listenings.size();
        if (settings.workerConnections() < listening + 1) {
            configuration
                    .root()
                    .problem(
                            "worker-connections",
                            settings.workerConnections() + " are not enough for " + listening + " listening sockets");
        }
    }
}
