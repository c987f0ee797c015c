package io.sluice.http;

import io.sluice.core.accesslog.CycleLogs;
import io.sluice.core.connection.BufferedBit;
import io.sluice.core.plugin.Order;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.http.parse.HeadLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a load made of {@code http}: locations, order of phases and filters. Immutable, shared by all workers.
 *
 * @param writeBit of the write filter
 * @param filters from the first that sees output to the last above the chunked filter
 * @param exchangeBytes what is reserved for each exchange
 */
record HttpCycle(
        BufferedBit writeBit,
        List<LocationConf> locations,
        Map<Phase, List<Order.Entry<PhaseRegistration>>> phases,
        List<Order.Entry<FilterRegistration>> filters,
        CycleLogs<HttpRequest> logs,
        HeadLimits largestHeads,
        int exchangeBytes) {

    /** Makes the chain of one worker, from the socket up. */
    HttpFilter filterChain(HttpWorker worker) {
        HttpFilter chain = new WriteFilter(writeBit);
        chain = new HeaderFilter(worker, chain);
        chain = new ChunkedFilter(worker, chain);
        for (Order.Entry<FilterRegistration> filter : filters.reversed()) {
            chain = filter.value().maker().apply(worker.context(), chain);
        }
        return chain;
    }

    /** Makes the handlers of one worker. */
    void phaseHandlers(WorkerContext worker, Map<Phase, List<HttpHandler>> into) {
        phases.forEach((phase, entries) -> {
            List<HttpHandler> handlers = new ArrayList<>();
            for (Order.Entry<PhaseRegistration> entry : entries) {
                handlers.add(entry.value().maker().make(worker));
            }
            into.put(phase, handlers);
        });
    }

    List<String> describePhases() {
        List<String> lines = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            StringBuilder line =
                    new StringBuilder(phase.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            if (phase.builtIn()) {
                line.append(" (built in)");
            }
            for (Order.Entry<PhaseRegistration> entry : phases.getOrDefault(phase, List.of())) {
                line.append(' ').append(entry.name());
            }
            lines.add(line.toString());
        }
        return lines;
    }

    List<String> describeFilters() {
        List<String> lines = new ArrayList<>();
        filters.forEach(filter -> lines.add(filter.name()));
        lines.addAll(List.of("chunked", "header", "write"));
        return lines;
    }
}
