package io.sluice.core.cycle;

import io.sluice.core.connection.BufferedBits;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.Outgoing;
import io.sluice.core.plugin.Destination;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the plugins of one load have brought so far. */
final class Contributions {
    final BufferedBits bits;
    final List<ConsumerRegistration<?>> consumers = new ArrayList<>();
    final List<Listening> listenings = new ArrayList<>();
    final List<Outgoing> outgoing = new ArrayList<>();
    final List<Destination> destinations = new ArrayList<>();
    final Map<WorkerKey<?>, WorkerFactory> factories = new HashMap<>();
    final List<WorkerKey<?>> startWith = new ArrayList<>();
    final List<String> listeners = new ArrayList<>();
    final Stages stages = new Stages();
    final List<Step> steps = new ArrayList<>();
    final Map<String, Supplier<List<String>>> descriptions = new LinkedHashMap<>();

    /** What a plugin does once the injector is made. */
    record Step(String plugin, PluginBinder.BuildStep step) {}

    Contributions(BufferedBits bits) {
        this.bits = bits;
    }
}
