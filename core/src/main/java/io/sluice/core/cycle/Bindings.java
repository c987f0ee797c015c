package io.sluice.core.cycle;

import com.google.inject.Binder;
import io.sluice.core.config.Configuration;
import io.sluice.core.config.Problems;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.connection.BitPromise;
import io.sluice.core.connection.BufferedBit.Scope;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.Outgoing;
import io.sluice.core.plugin.ConsumerBinding;
import io.sluice.core.plugin.Destination;
import io.sluice.core.plugin.ListenSetting;
import io.sluice.core.plugin.ListenStage;
import io.sluice.core.plugin.PassStage;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.core.transport.Passage;
import io.sluice.core.transport.StageConsumer;
import io.sluice.core.transport.TransportStage;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The binder of one plugin of one load. */
final class Bindings implements PluginBinder {
    private final String plugin;
    private final Binder guice;
    private final Configuration configuration;
    private final Path prefix;
    private final Contributions brought;

    Bindings(String plugin, Binder guice, Configuration configuration, Path prefix, Contributions brought) {
        this.plugin = plugin;
        this.guice = guice;
        this.configuration = configuration;
        this.prefix = prefix;
        this.brought = brought;
    }

    @Override
    public Binder guice() {
        return guice;
    }

    @Override
    public Section section() {
        return below(configuration.root(), plugin);
    }

    static Section below(Section from, String path) {
        Section section = from;
        for (String key : path.split("\\.")) {
            section = section.section(key);
        }
        return section;
    }

    @Override
    public Section root() {
        return configuration.root();
    }

    @Override
    public Problems problems() {
        return configuration.problems();
    }

    @Override
    public Configuration configuration() {
        return configuration;
    }

    @Override
    public Path prefix() {
        return prefix;
    }

    @Override
    public <R extends Record> R settings(Settings<R> settings) {
        return settings.read(section());
    }

    @Override
    public <S> ConsumerBinding<S> consumer(ConsumerKey<S> key) {
        return new OneConsumer<>(key);
    }

    @Override
    public BitPromise connectionBit(String name) {
        return brought.bits.claim(plugin, name, Scope.CONNECTION);
    }

    @Override
    public BitPromise connectionBit(String name, int mask) {
        return brought.bits.claimFixed(plugin, name, Scope.CONNECTION, mask);
    }

    @Override
    public BitPromise requestBit(String name) {
        return brought.bits.claim(plugin, name, Scope.REQUEST);
    }

    @Override
    public <T> void perWorker(WorkerKey<T> key, Function<? super WorkerContext, ? extends T> factory) {
        WorkerFactory first = brought.factories.putIfAbsent(key, new WorkerFactory(plugin, factory));
        if (first != null) {
            configuration.root().problem(key + " is made for each worker by " + first.plugin() + " and by " + plugin);
        }
    }

    @Override
    public void startWith(WorkerKey<?> key) {
        brought.startWith.add(key);
    }

    @Override
    public void listen(Listening listening) {
        brought.listenings.add(listening);
    }

    @Override
    public List<ListenSetting> listens(Section section) {
        return ListenSetting.in(section, brought.stages::ofListen);
    }

    @Override
    public void stage(ListenStage<?> stage) {
        if (register(stage.name(), stage.maker())) {
            brought.stages.add(stage);
        }
    }

    @Override
    public void stage(PassStage<?> stage) {
        if (register(stage.name(), stage.maker())) {
            brought.stages.add(stage);
        }
    }

    private <R extends Record> boolean register(
            String stage, Function<? super WorkerContext, ? extends TransportStage<R, ?>> maker) {
        return register(
                new ConsumerKey<>(stage, Passage.class),
                false,
                worker -> new StageConsumer<>(stage, maker.apply(worker), worker::claim));
    }

    @Override
    public void connects(Outgoing way) {
        brought.outgoing.add(way);
    }

    @Override
    public void passes(Destination to) {
        brought.destinations.add(to);
    }

    @Override
    public void whenBuilt(BuildStep step) {
        brought.steps.add(new Contributions.Step(plugin, step));
    }

    @Override
    public void describe(String title, Supplier<List<String>> lines) {
        brought.descriptions.put(title, lines);
    }

    /** Answers false if another has the name, which is reported. */
    private <S> boolean register(
            ConsumerKey<S> key, boolean datagrams, Function<? super WorkerContext, ? extends Consumer<S>> maker) {
        for (ConsumerRegistration<?> other : brought.consumers) {
            if (other.key().id().equals(key.id())) {
                configuration
                        .root()
                        .problem("the consumer " + key.id() + " is bound by " + other.plugin() + " and by " + plugin);
                return false;
            }
        }
        brought.consumers.add(new ConsumerRegistration<>(plugin, key, datagrams, maker));
        return true;
    }

    /** See {@link ConsumerBinding}. */
    private final class OneConsumer<S> implements ConsumerBinding<S> {
        private final ConsumerKey<S> key;
        private boolean listens = true;
        private boolean datagrams;

        OneConsumer(ConsumerKey<S> key) {
            this.key = key;
        }

        @Override
        public ConsumerBinding<S> withoutListen() {
            listens = false;
            return this;
        }

        @Override
        public ConsumerBinding<S> datagrams() {
            datagrams = true;
            return this;
        }

        @Override
        public ConsumerKey<S> with(Function<? super WorkerContext, ? extends Consumer<S>> maker) {
            if (register(key, datagrams, maker) && listens) {
                brought.listeners.add(key.id());
            }
            return key;
        }
    }
}
