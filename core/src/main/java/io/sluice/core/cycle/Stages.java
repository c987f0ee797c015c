package io.sluice.core.cycle;

import io.sluice.core.config.Section;
import io.sluice.core.connection.TransportStages;
import io.sluice.core.plugin.ListenStage;
import io.sluice.core.plugin.Order;
import io.sluice.core.plugin.PassStage;
import io.sluice.core.plugin.SettingsPlace;
import io.sluice.core.plugin.StageSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The transport stages that the plugins of one load have brought, and where the configuration asks for them. */
final class Stages implements StageSettings {
    private final List<Order.Entry<ListenStage<?>>> listen = new ArrayList<>();
    private final List<Order.Entry<PassStage<?>>> pass = new ArrayList<>();
    private boolean complete;

    void add(ListenStage<?> stage) {
        listen.add(new Order.Entry<>(stage.name(), stage, stage.before(), stage.after()));
    }

    void add(PassStage<?> stage) {
        pass.add(new Order.Entry<>(stage.name(), stage, stage.before(), stage.after()));
    }

    /** All plugins have said what they bring: their order is made now. */
    void complete(CoreSettings.StageOrders wanted, Section root) {
        resolve("listen-order", listen, wanted.listenOrder(), root);
        resolve("pass-order", pass, wanted.passOrder(), root);
        complete = true;
    }

    private static <T> void resolve(String key, List<Order.Entry<T>> entries, List<String> wanted, Section root) {
        List<String> names = names(entries);
        Order.reportUnknown("transport stage", names, wanted, root.section("transport-stages"), key);
        List<Order.Entry<T>> ordered = Order.resolve("transport stages", entries, wanted, root);
        entries.clear();
        entries.addAll(ordered);
    }

    private static <T> List<String> names(List<Order.Entry<T>> entries) {
        return entries.stream().map(Order.Entry::name).toList();
    }

    /** What an entry of a list {@code listen} asks for. */
    TransportStages ofListen(Section entry) {
        requireComplete();
        List<TransportStages.Use> uses = new ArrayList<>();
        for (Order.Entry<ListenStage<?>> stage : listen) {
            add(uses, stage.name(), false, stage.value().settings(), entry);
        }
        return new TransportStages(uses);
    }

    @Override
    public TransportStages ofPass(SettingsPlace place) {
        requireComplete();
        List<TransportStages.Use> uses = new ArrayList<>();
        for (Order.Entry<PassStage<?>> stage : pass) {
            add(uses, stage.name(), stage.value().perClient(), stage.value().settings(), place);
        }
        return new TransportStages(uses);
    }

    private static <P> void add(
            List<TransportStages.Use> uses,
            String name,
            boolean perClient,
            Function<P, ? extends @Nullable Record> reader,
            P place) {
        Record settings = reader.apply(place);
        if (settings != null) {
            uses.add(new TransportStages.Use(name, settings, perClient));
        }
    }

    private void requireComplete() {
        if (!complete) {
            throw new IllegalStateException(
                    "which transport stages there are is known when all plugins are configured: ask in whenBuilt");
        }
    }

    boolean isEmpty() {
        return listen.isEmpty() && pass.isEmpty();
    }

    /** For {@code -T}. */
    List<String> describe() {
        return List.of("listen: " + String.join(", ", names(listen)), "pass: " + String.join(", ", names(pass)));
    }
}
