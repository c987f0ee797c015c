package io.sluice.core.plugin;

import io.sluice.core.transport.TransportStage;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transport stage for connections to peers. Every place that passes to peers may ask for it, by keys beside its {@code pass} that are the
 * stage's own.
 *
 * @param name in the order and in logs; no consumer and no other stage may have it
 * @param settings reads its keys at one place; null if the place does not ask for it
 * @param perClient whether it tells the peer for which client a connection is made, so that it can serve no other
 * @param maker makes one per worker and cycle
 * @param before names of stages that come later, farther from the socket
 * @param after names of stages that come first
 */
public record PassStage<R extends Record>(
        String name,
        Function<SettingsPlace, @Nullable R> settings,
        boolean perClient,
        Function<? super WorkerContext, ? extends TransportStage<R, ?>> maker,
        List<String> before,
        List<String> after) {

    /** One that names nobody it comes before or after. */
    public PassStage(
            String name,
            Function<SettingsPlace, @Nullable R> settings,
            boolean perClient,
            Function<? super WorkerContext, ? extends TransportStage<R, ?>> maker) {
        this(name, settings, perClient, maker, List.of(), List.of());
    }
}
