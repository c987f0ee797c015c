package io.sluice.core.plugin;

import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import java.util.function.Function;
import java.util.function.Supplier;

/** Says how a consumer is made. One is made per worker and cycle, so its fields need no lock. */
public interface ConsumerBinding<S> {
    /** Made by a constructor without arguments. */
    default ConsumerKey<S> to(Supplier<? extends Consumer<S>> maker) {
        return with(context -> maker.get());
    }

    /** Made with what the worker offers. */
    ConsumerKey<S> with(Function<? super WorkerContext, ? extends Consumer<S>> maker);

    /** It gets its connections in another way than by the setting {@code id.listen}. Called before {@link #to} or {@link #with}. */
    ConsumerBinding<S> withoutListen();

    /**
     * It serves clients that send datagrams too, so that {@code udp = on} may stand where it listens; else that is a problem of the
     * configuration. Called before {@link #to} or {@link #with}.
     */
    ConsumerBinding<S> datagrams();
}
