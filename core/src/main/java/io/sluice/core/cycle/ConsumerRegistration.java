package io.sluice.core.cycle;

import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.plugin.WorkerContext;
import java.util.function.Function;

/**
 * A consumer that a plugin brought.
 *
 * @param plugin whose it is
 * @param datagrams whether it serves clients that send datagrams
 * @param maker called once per worker
 */
record ConsumerRegistration<S>(
        String plugin,
        ConsumerKey<S> key,
        boolean datagrams,
        Function<? super WorkerContext, ? extends Consumer<S>> maker) {}
