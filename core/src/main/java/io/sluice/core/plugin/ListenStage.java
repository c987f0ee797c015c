package io.sluice.core.plugin;

import io.sluice.core.config.Section;
import io.sluice.core.transport.TransportStage;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transport stage for accepted connections. Every entry of every list {@code listen} may ask for it, by keys that are the stage's own.
 *
 * @param name in the order and in logs; no consumer and no other stage may have it
 * @param settings reads its keys of one entry; null if the entry does not ask for it
 * @param maker makes one per worker and cycle
 * @param before names of stages that come later, farther from the socket
 * @param after names of stages that come first
 */
public record ListenStage<R extends Record>(
        String name,
        Function<Section, @Nullable R> settings,
        Function<? super WorkerContext, ? extends TransportStage<R, ?>> maker,
        List<String> before,
        List<String> after) {

    /** One that names nobody it comes before or after. */
    public ListenStage(
            String name,
            Function<Section, @Nullable R> settings,
            Function<? super WorkerContext, ? extends TransportStage<R, ?>> maker) {
        this(name, settings, maker, List.of(), List.of());
    }
}
