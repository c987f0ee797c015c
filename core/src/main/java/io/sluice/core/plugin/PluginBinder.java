package io.sluice.core.plugin;

import com.google.inject.Binder;
import com.google.inject.Injector;
import io.sluice.core.config.Configuration;
import io.sluice.core.config.Problems;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.connection.BitPromise;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.Outgoing;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a plugin says in {@link Plugin#configure}. Useless after it. */
public interface PluginBinder {
    /** Guice's binder of this plugin, for contributing to what other plugins offer. Bindings by instance or lambda need no {@code opens}. */
    Binder guice();

    /** The part of the configuration that carries the plugin's id. */
    Section section();

    /** The whole configuration. */
    Section root();

    /** Where everything that is wrong is said. */
    Problems problems();

    /** For declaring settings that are read at inner levels only. */
    Configuration configuration();

    /** The folder to which relative file names of the configuration belong. */
    Path prefix();

    /** Reads the plugin's own settings from {@link #section()}. */
    <R extends Record> R settings(Settings<R> settings);

    /** Says who may claim the data slot of connections, and with what type. Its id gives it the setting {@code id.listen}. */
    default <S> ConsumerBinding<S> consumer(String id, Class<S> session) {
        return consumer(new ConsumerKey<>(id, session));
    }

    /** As {@link #consumer(String, Class)}, with a key that the plugin keeps. */
    <S> ConsumerBinding<S> consumer(ConsumerKey<S> key);

    /** Asks for a buffered bit of the connection. A name of nginx's gets nginx's value, any other a free one. */
    BitPromise connectionBit(String name);

    /** Asks for a certain bit. */
    BitPromise connectionBit(String name, int mask);

    /** Asks for a buffered bit of the request. */
    BitPromise requestBit(String name);

    /** Something made once per worker and cycle, when it is first wanted. If it is AutoCloseable it is closed when the worker leaves the cycle. */
    <T> void perWorker(WorkerKey<T> key, Function<? super WorkerContext, ? extends T> factory);

    /** Makes something of this plugin on each worker as soon as it starts, wanted or not. */
    void startWith(WorkerKey<?> key);

    /** An address to listen on, for a consumer that finds its addresses itself. */
    void listen(Listening listening);

    /**
     * The entries of a section's key {@code listen}, for a consumer that finds its addresses itself; none if it is absent. What is wrong
     * goes to the section's problems.
     *
     * @throws IllegalStateException before {@link #whenBuilt}: what may stand in an entry is not known yet
     */
    List<ListenSetting> listens(Section section);

    /** Something that may stand between the socket and the consumer of accepted connections. */
    void stage(ListenStage<?> stage);

    /** Something that may stand between the socket and the consumer of connections to peers. */
    void stage(PassStage<?> stage);

    /**
     * A way in which this plugin will connect: what the driver lacks for it, or the system does not allow, refuses the start. To be said
     * for options that are more than {@link io.sluice.core.connection.OutgoingOptions#DEFAULT}.
     */
    void connects(Outgoing way);

    /** Connections will be given to another listening by {@link io.sluice.core.connection.Connection#passTo}: that there is none is a problem. */
    void passes(Destination to);

    /** Runs when all plugins have been configured and the injector is made. */
    void whenBuilt(BuildStep step);

    /** Adds lines to what {@code -T} prints. */
    void describe(String title, Supplier<List<String>> lines);

    /** See {@link #whenBuilt}. */
    @FunctionalInterface
    interface BuildStep {
        void build(Injector injector);
    }
}
