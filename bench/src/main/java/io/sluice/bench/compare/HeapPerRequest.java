package io.sluice.bench.compare;

import io.sluice.bench.server.Jvm;
import io.sluice.bench.server.Pages;
import io.sluice.bench.server.RunningServer;
import io.sluice.bench.server.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the workers' threads allocate on the Java heap for a proxied request, once the JVM is warm. */
final class HeapPerRequest {

    private final Bench bench;

    HeapPerRequest(Bench bench) {
        this.bench = bench;
    }

    Result measure(Scenario scenario, Wanted wanted) {
        Options options = bench.options();
        Traffic traffic = bench.traffic(Pages.PROXIED);
        List<Double> bytes = new ArrayList<>();
        try (RunningServer origin = bench.origin(bench.cores().besideOne());
                RunningServer own = bench.start(
                        bench.ours(), wanted, origin.port(), bench.cores().one())) {
            Jvm jvm = new Jvm(bench.processes(), own);
            new WarmUp(options).run(traffic, own);
            for (int i = 0; i < options.rounds(); i++) {
                long before = jvm.allocatedByWorkers();
                Slot slot = traffic.run(own, options.seconds());
                double each = (double) (jvm.allocatedByWorkers() - before)
                        / slot.load().requests();
                Bench.say(String.format(
                        Locale.ROOT,
                        "round %d: %.3f bytes for each of %,d requests",
                        i + 1,
                        each,
                        slot.load().requests()));
                bytes.add(each);
            }
        }
        return Result.of(scenario, bytes, scenario.unit().text(Median.of(bytes)), Result.NOTHING);
    }
}
