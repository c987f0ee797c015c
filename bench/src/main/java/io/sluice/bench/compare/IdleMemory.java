package io.sluice.bench.compare;

import io.sluice.bench.server.Cores;
import io.sluice.bench.server.Jvm;
import io.sluice.bench.server.Pages;
import io.sluice.bench.server.Probe;
import io.sluice.bench.server.RunningServer;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.StatusFile;
import io.sluice.bench.server.Wanted;
import java.util.List;
import java.util.Locale;

/**
 * What one more idle keepalive client costs: the memory of a server that has many, less that of the same server with 64
 * slots and none, after as many requests, over their number. For Sluice that is the live Java heap and the slabs in
 * use, for nginx the resident memory.
 */
final class IdleMemory {

    private static final int FEW_SLOTS = 64;
    private static final int FEW_CLIENTS = 16;

    private final Bench bench;

    IdleMemory(Bench bench) {
        this.bench = bench;
    }

    Result measure(Scenario scenario) {
        double nginx = bytesPerConnection(bench.nginx(), false);
        double ours = bytesPerConnection(bench.ours(), !bench.options().selfTest());
        return Result.of(
                scenario,
                List.of(ours),
                scenario.unit().text(ours),
                scenario.unit().text(nginx) + " (resident)");
    }

    private double bytesPerConnection(Server server, boolean jvm) {
        int connections = bench.options().idleConnections();
        // A sixteenth of the slots is to stay free, or the server begins to close idle connections, as nginx does.
        Wanted many = Wanted.workers(1).withConnections(connections + connections / 15 + FEW_SLOTS);
        Wanted few = Wanted.workers(1).withConnections(FEW_SLOTS);
        long without = bytes(server, few, FEW_CLIENTS, connections / FEW_CLIENTS, false, jvm);
        long with = bytes(server, many, connections, 1, true, jvm);
        double each = (double) (with - without) / connections;
        Bench.say(String.format(
                Locale.ROOT, "%s: (%,d - %,d) / %,d = %.0f bytes", server.name(), with, without, connections, each));
        return each;
    }

    private long bytes(Server server, Wanted wanted, int clients, int requestsEach, boolean stay, boolean jvm) {
        Cores cores = bench.cores();
        try (RunningServer origin = bench.origin(cores.besideOne());
                RunningServer running = bench.start(server, wanted, origin.port(), cores.one())) {
            int answerBytes = Probe.answerBytes(running.port(), Pages.PROXIED, false);
            try (IdleClients idle = IdleClients.open(running.port(), clients, requestsEach, answerBytes)) {
                if (!stay) {
                    idle.hangUp();
                }
                long bytes = jvm ? heapAndSlabs(running) : running.residentBytes();
                if (stay) {
                    idle.checkAllOpen();
                }
                return bytes;
            }
        }
    }

    private long heapAndSlabs(RunningServer running) {
        long heap = new Jvm(bench.processes(), running).liveHeapBytes();
        long slabs = StatusFile.slabBytes(running.folder());
        Bench.say(String.format(Locale.ROOT, "live heap %,d, slabs in use %,d bytes", heap, slabs));
        return heap + slabs;
    }
}
