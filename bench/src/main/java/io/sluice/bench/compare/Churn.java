package io.sluice.bench.compare;

import io.sluice.bench.server.Cores;
import io.sluice.bench.server.Jvm;
import io.sluice.bench.server.RunningServer;
import io.sluice.bench.server.StatusFile;
import io.sluice.bench.server.Wanted;
import java.util.List;
import java.util.Locale;

/**
 * What is left of a million connections: memory after as many accepts and closes, less what it was before. What the JVM
 * itself makes of a new load, compiled code above all, is made before by the warm-up, and what the C library keeps of memory that it was
 * given back goes back to the system before each reading.
 */
final class Churn {

    private static final int FEW_SLOTS = 1024;

    private final Bench bench;

    Churn(Bench bench) {
        this.bench = bench;
    }

    Result measure(Scenario scenario) {
        Options options = bench.options();
        Cores cores = bench.cores();
        Connects connects = new Connects();
        try (RunningServer origin = bench.origin(cores.besideOne());
                RunningServer own = bench.start(
                        bench.ours(), Wanted.workers(1).withConnections(FEW_SLOTS), origin.port(), cores.one())) {
            new WarmUp(options).run(connects, own);
            connects.times(own, options.churnConnections() / 10);
            Memory before = memory(own);
            connects.times(own, options.churnConnections());
            Memory grown = memory(own).minus(before);
            return Result.of(scenario, List.of(grown.kilobytes()), grown.toString(), Result.NOTHING);
        }
    }

    private Memory memory(RunningServer server) {
        Jvm jvm = new Jvm(bench.processes(), server);
        jvm.trimNativeHeap();
        Memory memory =
                new Memory(jvm.liveHeapBytes(), StatusFile.slabBytes(server.folder()), jvm.bytesOutsideOfHeap());
        Bench.say(memory.toString());
        return memory;
    }

    /**
     * @param heap live objects
     * @param slabs what of the slabs is in use
     * @param outside all memory of the process that is in RAM, not backed by a file and not the Java heap's: the slabs too
     */
    private record Memory(long heap, long slabs, long outside) {

        Memory minus(Memory earlier) {
            return new Memory(heap - earlier.heap, slabs - earlier.slabs, outside - earlier.outside);
        }

        /** Each counts that grew: what one gave back does not make good what another holds. */
        double kilobytes() {
            return (Math.max(0, heap) + Math.max(0, slabs) + Math.max(0, outside)) / 1024.0;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "live heap %,d, slabs in use %,d, outside of the heap %,d bytes",
                    heap,
                    slabs,
                    outside);
        }
    }
}
