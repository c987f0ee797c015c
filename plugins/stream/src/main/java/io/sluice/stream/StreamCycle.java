package io.sluice.stream;

import io.sluice.core.accesslog.CycleLogs;
import io.sluice.core.connection.BufferedBit;
import io.sluice.core.plugin.Order;
import io.sluice.core.plugin.WorkerContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a load made of {@code stream}. Immutable, shared by all workers.
 *
 * @param writeBit set while bytes for a connection wait here
 * @param sessionBytes the most that one session may need of the worker's memory
 */
record StreamCycle(
        BufferedBit writeBit,
        List<ServerConf> servers,
        Map<StreamPhase, List<Order.Entry<PhaseRegistration>>> phases,
        CycleLogs<StreamSession> logs,
        int sessionBytes) {

    /** Makes the handlers of one worker. */
    Map<StreamPhase, List<StreamHandler>> handlers(WorkerContext worker) {
        Map<StreamPhase, List<StreamHandler>> made = new EnumMap<>(StreamPhase.class);
        phases.forEach((phase, entries) -> {
            List<StreamHandler> handlers = new ArrayList<>();
            for (Order.Entry<PhaseRegistration> entry : entries) {
                handlers.add(entry.value().maker().make(worker));
            }
            made.put(phase, handlers);
        });
        return made;
    }

    List<String> describePhases() {
        List<String> lines = new ArrayList<>();
        for (StreamPhase phase : StreamPhase.values()) {
            StringBuilder line =
                    new StringBuilder(phase.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            for (Order.Entry<PhaseRegistration> entry : phases.getOrDefault(phase, List.of())) {
                line.append(' ').append(entry.name());
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
