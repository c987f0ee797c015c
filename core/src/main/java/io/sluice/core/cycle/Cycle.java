package io.sluice.core.cycle;

import com.google.inject.Injector;
import io.sluice.core.config.Configuration;
import io.sluice.core.connection.BufferedBits;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.Outgoing;
import io.sluice.core.plugin.ErrorLogSetting;
import io.sluice.core.plugin.WorkerKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Everything one load of the configuration made: ngx_cycle_t as an immutable snapshot. Complete before a worker sees it, and kept for
 * as long as a connection or a request that began on it needs it.
 *
 * <p><b>Thread:</b> any.
 */
public final class Cycle {
    private final Configuration configuration;
    private final CoreSettings settings;
    private final List<ErrorLogSetting> errorLogs;
    private final Path prefix;
    private final Injector injector;
    private final List<String> plugins;
    private final List<Listening> listenings;
    private final List<Outgoing> outgoing;
    private final BufferedBits bits;
    private final List<ConsumerRegistration<?>> consumers;
    private final Map<WorkerKey<?>, WorkerFactory> factories;
    private final List<WorkerKey<?>> startWith;
    private final Map<String, Supplier<List<String>>> descriptions;

    Cycle(
            Configuration configuration,
            CoreSettings settings,
            List<ErrorLogSetting> errorLogs,
            Path prefix,
            Injector injector,
            List<String> plugins,
            Contributions brought) {
        this.configuration = configuration;
        this.settings = settings;
        this.errorLogs = errorLogs;
        this.prefix = prefix;
        this.injector = injector;
        this.plugins = List.copyOf(plugins);
        this.listenings = List.copyOf(brought.listenings);
        this.outgoing = List.copyOf(brought.outgoing);
        this.bits = brought.bits;
        this.consumers = List.copyOf(brought.consumers);
        this.factories = Map.copyOf(brought.factories);
        this.startWith = List.copyOf(brought.startWith);
        this.descriptions = brought.descriptions;
    }

    public CoreSettings settings() {
        return settings;
    }

    public Configuration configuration() {
        return configuration;
    }

    /** Those of the process: for whatever has no error log of its own. */
    public List<ErrorLogSetting> errorLogs() {
        return errorLogs;
    }

    /** The folder to which relative file names belong. */
    public Path prefix() {
        return prefix;
    }

    public Injector injector() {
        return injector;
    }

    /** Ids, in their order. */
    public List<String> plugins() {
        return plugins;
    }

    public List<Listening> listenings() {
        return listenings;
    }

    /** Ways in which plugins will connect to others. */
    public List<Outgoing> outgoing() {
        return outgoing;
    }

    public BufferedBits bits() {
        return bits;
    }

    /** What {@code -T} prints of each plugin: order of phases and filters and the like. */
    public Map<String, Supplier<List<String>>> descriptions() {
        return descriptions;
    }

    List<ConsumerRegistration<?>> consumers() {
        return consumers;
    }

    List<WorkerKey<?>> startWith() {
        return startWith;
    }

    @SuppressWarnings("unchecked")
    <S> ConsumerRegistration<S> consumer(ConsumerKey<S> key) {
        for (ConsumerRegistration<?> registration : consumers) {
            if (registration.key() == key) {
                return (ConsumerRegistration<S>) registration;
            }
        }
        throw new IllegalArgumentException("no plugin of this assembly binds the consumer " + key);
    }

    WorkerFactory factory(WorkerKey<?> key) {
        WorkerFactory factory = factories.get(key);
        if (factory == null) {
            throw new IllegalArgumentException("no plugin of this assembly makes " + key);
        }
        return factory;
    }
}
