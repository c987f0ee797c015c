package io.sluice.launcher;

import io.sluice.event.WorkerStatus;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The counters of all workers as one line of JSON: first their sums, then each worker's own. */
final class StatusText {

    private record Counter(String name, ToLongFunction<WorkerStatus> value) {}

    private static final List<Counter> COUNTERS = List.of(
            new Counter("slabBytesInUse", WorkerStatus::slabBytesInUse),
            new Counter("slabBytesHeld", WorkerStatus::slabBytesHeld),
            new Counter("reservedBytes", WorkerStatus::reservedBytes),
            new Counter("capacity", WorkerStatus::capacity),
            new Counter("free", WorkerStatus::free),
            new Counter("connections", WorkerStatus::connections),
            new Counter("requests", WorkerStatus::requests),
            new Counter("reusable", WorkerStatus::reusable),
            new Counter("drained", WorkerStatus::drained),
            new Counter("failures", WorkerStatus::failures));

    private StatusText() {}

    static String of(List<WorkerStatus> all) {
        return all.stream()
                .map(one -> "{" + counters(List.of(one)) + "}")
                .collect(Collectors.joining(",", "{" + counters(all) + ",\"workers\":[", "]}"));
    }

    private static String counters(List<WorkerStatus> of) {
        return COUNTERS.stream()
                .map(counter -> "\"" + counter.name() + "\":"
                        + of.stream().mapToLong(counter.value()).sum())
                .collect(Collectors.joining(","));
    }
}
