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
import io.sluice.core.config.NearestName;
import io.sluice.core.config.Section;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.AllListenings;
import io.sluice.core.connection.BufferedBits;
import io.sluice.core.connection.Listening;
import io.sluice.core.plugin.Destination;
import io.sluice.core.plugin.ErrorLogSetting;
import io.sluice.core.plugin.ListenSetting;
import io.sluice.core.plugin.Order;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.StageSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a cycle of a configuration and plugins: everything is read and checked, nothing is opened. What a plugin throws is one of the
 * problems, with its name; the others are asked nevertheless.
 */
public final class CycleLoader {
    private final Configuration configuration;
    private final Section root;
    private final CoreSettings settings;
    private final List<ErrorLogSetting> errorLogs;
    private final Contributions brought;

    /** A plugin has not said all it would have: what is missing now is no news. */
    private boolean incomplete;

    private CycleLoader(Configuration configuration, CoreSettings settings, BufferedBits bits) {
        this.configuration = configuration;
        this.root = configuration.root();
        this.settings = settings;
        this.errorLogs = ErrorLogSetting.outermost(root);
        this.brought = new Contributions(bits);
    }

    /**
     * @param prefix the folder to which relative file names belong
     * @param former the cycle that runs now, or null: its buffered bits keep their values
     * @throws ConfigurationException with everything that is wrong
     */
    public static Cycle load(Configuration configuration, Path prefix, List<Plugin> plugins, @Nullable Cycle former) {
        CoreSettings settings = CoreSettings.SETTINGS.read(configuration.root());
        BufferedBits bits = former == null ? new BufferedBits() : former.bits().next();
        return new CycleLoader(configuration, settings, bits).load(prefix, plugins);
    }

    private Cycle load(Path prefix, List<Plugin> plugins) {
        Map<String, Plugin> byId = byId(plugins);
        List<Order.Entry<Plugin>> ordered = order(byId);
        Injector injector = injector(ordered, prefix);
        brought.stages.complete(settings.transportStages(), root);
        if (!brought.stages.isEmpty()) {
            brought.descriptions.put("transport stages", brought.stages::describe);
        }
        brought.listeners.forEach(this::listen);
        brought.bits.assign();
        brought.bits.problems().forEach(root::problem);
        if (injector != null) {
            for (Contributions.Step step : brought.steps) {
                guarded(step.plugin(), "when it was built", () -> step.step().build(injector));
            }
        }
        List<Listening> listenings = Listenings.merged(brought.listenings, root::problem);
        brought.listenings.clear();
        brought.listenings.addAll(listenings);
        checkSlots();
        if (!incomplete) {
            checkConsumers();
            checkDestinations();
            configuration.check();
        }
        if (injector == null || incomplete) {
            throw new ConfigurationException(configuration.problems());
        }
        List<String> ids = ordered.stream().map(Order.Entry::name).toList();
        return new Cycle(configuration, settings, errorLogs, prefix, injector, ids, brought);
    }

    private Map<String, Plugin> byId(List<Plugin> plugins) {
        Map<String, Plugin> byId = new TreeMap<>();
        for (Plugin plugin : plugins) {
            String name = plugin.getClass().getName();
            guarded(name, "to tell its id", () -> {
                Plugin other = byId.putIfAbsent(plugin.id(), plugin);
                if (other != null) {
                    root.problem("two plugins are called " + plugin.id() + ": "
                            + other.getClass().getName() + " and " + name);
                }
            });
        }
        return byId;
    }

    private List<Order.Entry<Plugin>> order(Map<String, Plugin> byId) {
        List<Order.Entry<Plugin>> entries = new ArrayList<>();
        byId.forEach((id, plugin) -> entries.add(Order.Entry.of(id, plugin)));
        List<String> wanted = settings.plugins().order();
        Order.reportUnknown("plugin", byId.keySet(), wanted, root.section("plugins"), "order");
        return Order.resolve("plugins", entries, wanted, root);
    }

    private @Nullable Injector injector(List<Order.Entry<Plugin>> plugins, Path prefix) {
        List<Module> modules = new ArrayList<>();
        modules.add(binder -> binder.bind(CoreSettings.class).toInstance(settings));
        modules.add(binder -> binder.bind(StageSettings.class).toInstance(brought.stages));
        for (Order.Entry<Plugin> plugin : plugins) {
            modules.add(new AbstractModule() {
                @Override
                protected void configure() {
                    Bindings bindings = new Bindings(plugin.name(), binder(), configuration, prefix, brought);
                    guarded(
                            plugin.name(),
                            "to be configured",
                            () -> plugin.value().configure(bindings));
                }
            });
        }
        try {
            return Guice.createInjector(Stage.DEVELOPMENT, modules);
        } catch (CreationException refused) {
            if (!incomplete) {
                for (Message message : refused.getErrorMessages()) {
                    Throwable cause = message.getCause();
                    root.problem(message.getMessage() + (cause == null ? "" : " (" + cause + ")"));
                }
            }
            return null;
        }
    }

    /** The setting {@code id.listen} of a consumer. */
    private void listen(String consumerId) {
        Section section = Bindings.below(root, consumerId);
        for (ListenSetting setting : ListenSetting.in(section, brought.stages::ofListen)) {
            for (Address address : setting.addresses()) {
                brought.listenings.add(new Listening(
                        address, setting.options(), consumerId, null, null, setting.where(), setting.stages()));
            }
        }
    }

    /** Plugins are guests: what one throws is told with its name and refuses the load. */
    private void guarded(String plugin, String what, Runnable asked) {
        try {
            asked.run();
        } catch (Throwable thrown) {
            PluginFailure.throwIfFatal(thrown);
            incomplete = true;
            if (!PluginFailure.isRefusal(thrown)) {
                configuration.problems().addBug("the plugin " + plugin + " failed " + what, thrown);
            }
        }
    }

    private void checkConsumers() {
        List<String> known =
                brought.consumers.stream().map(bound -> bound.key().id()).toList();
        List<String> withDatagrams = brought.consumers.stream()
                .filter(ConsumerRegistration::datagrams)
                .map(bound -> bound.key().id())
                .toList();
        for (var listening : brought.listenings) {
            if (listening.isForDatagrams()
                    && known.contains(listening.consumerId())
                    && !withDatagrams.contains(listening.consumerId())) {
                root.problem(listening.where() + ": udp = on: " + listening.consumerId() + " serves no datagrams");
            }
            if (!known.contains(listening.consumerId())) {
                root.problem(listening.where() + ": no plugin binds the consumer " + listening.consumerId()
                        + NearestName.hint(listening.consumerId(), known));
            }
        }
    }

    private void checkDestinations() {
        AllListenings all = new AllListenings(brought.listenings);
        List<String> known = brought.listenings.stream()
                .map(listening -> listening.address().toString())
                .toList();
        for (Destination to : brought.destinations) {
            if (to.any().stream().allMatch(address -> all.find(address) == null)) {
                String wanted = to.any().getFirst().toString();
                to.problem().accept("no stream is listened for on " + wanted + NearestName.hint(wanted, known));
            }
        }
    }

    /** A worker needs a slot for each listening socket and one more (ngx_event_init_conf). */
    private void checkSlots() {
        int listening = brought.listenings.size();
        if (settings.workerConnections() < listening + 1) {
            root.problem(
                    "worker-connections",
                    settings.workerConnections() + " are not enough for " + listening + " listening sockets");
        }
    }
}
