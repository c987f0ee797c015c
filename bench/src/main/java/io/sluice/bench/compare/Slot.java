package io.sluice.bench.compare;

import io.sluice.bench.server.CpuTime;
import io.sluice.bench.server.RunningServer;
import java.util.List;
import java.util.function.Supplier;

/** One server under load for a while: what the load saw and what the server used. */
record Slot(Load load, CpuTime used, Disturbance disturbance) {

    /** Takes the CPU time right before and right after. */
    static Slot of(RunningServer server, Supplier<Load> traffic) {
        Disturbance.Sample start = Disturbance.Sample.now();
        CpuTime before = server.cpu();
        Load load = traffic.get();
        CpuTime used = server.cpu().minus(before);
        return new Slot(load, used, Disturbance.Sample.now().since(start));
    }

    /** Several of one server, one after the other with pauses between them. */
    static Slot sum(List<Slot> slots) {
        Load load = new Load(
                slots.stream().mapToLong(slot -> slot.load().requests()).sum(),
                slots.stream().mapToDouble(slot -> slot.load().seconds()).sum(),
                slots.stream().mapToLong(slot -> slot.load().bytes()).sum(),
                Median.of(slots, slot -> slot.load().p50Micros()),
                Median.of(slots, slot -> slot.load().p99Micros()));
        CpuTime used = slots.stream().map(Slot::used).reduce(new CpuTime(0, 0), CpuTime::plus);
        return new Slot(
                load,
                used,
                Disturbance.mean(slots.stream().map(Slot::disturbance).toList()));
    }

    /** CPU microseconds for a request. */
    double micros() {
        return used.micros() / load.requests();
    }

    double userMicros() {
        return used.userMicros() / load.requests();
    }

    double systemMicros() {
        return used.systemMicros() / load.requests();
    }

    double requestsPerSecond() {
        return load.requests() / load.seconds();
    }

    double requestsPerSecondOfCpu() {
        return 1e6 / micros();
    }
}
