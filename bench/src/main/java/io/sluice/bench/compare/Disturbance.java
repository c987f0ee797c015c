package io.sluice.bench.compare;

import io.sluice.bench.server.CpuTime;
import io.sluice.bench.server.ProcFile;
import java.util.List;
import java.util.Locale;

/**
 * What others did meanwhile, in shares of one core. Much of either makes a run worthless.
 *
 * @param elsewhere used by processes that are none of this program's
 * @param stolen wanted by this machine and not given by the one below it
 */
record Disturbance(double elsewhere, double stolen) {

    static final Disturbance NONE = new Disturbance(0, 0);

    /** Whether the numbers should not be believed. */
    boolean isMuch() {
        return elsewhere > 0.05 || stolen > 0.05;
    }

    /** Of parts that are equally long. */
    static Disturbance mean(List<Disturbance> parts) {
        return new Disturbance(
                parts.stream().mapToDouble(Disturbance::elsewhere).average().orElse(0),
                parts.stream().mapToDouble(Disturbance::stolen).average().orElse(0));
    }

    Disturbance worse(Disturbance other) {
        return new Disturbance(Math.max(elsewhere, other.elsewhere), Math.max(stolen, other.stolen));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "other processes %.0f %%, stolen %.0f %% of a core", 100 * elsewhere, 100 * stolen);
    }

    /** Counters of the whole machine and of ours at one time. */
    record Sample(double busyMicros, double stolenMicros, double ourMicros, long atNanos) {

        static Sample now() {
            String[] ticks = ProcFile.value("/proc/stat", "cpu ").split(" ", -1);
            // user, nice, system; not the interrupts, which belong to nobody
            double busy = Long.parseLong(ticks[0]) + Long.parseLong(ticks[1]) + Long.parseLong(ticks[2]);
            return new Sample(
                    busy * CpuTime.MICROS_PER_TICK,
                    Long.parseLong(ticks[7]) * CpuTime.MICROS_PER_TICK,
                    CpuTime.ofAllOurs().micros(),
                    System.nanoTime());
        }

        Disturbance since(Sample earlier) {
            double micros = (atNanos - earlier.atNanos) / 1e3;
            double others = (busyMicros - earlier.busyMicros) - (ourMicros - earlier.ourMicros);
            return new Disturbance(Math.max(0, others / micros), (stolenMicros - earlier.stolenMicros) / micros);
        }
    }
}
