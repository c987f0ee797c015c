package io.sluice.bench.compare;

import io.sluice.bench.server.BenchException;
import io.sluice.bench.server.Cores;
import io.sluice.bench.server.Processes;
import io.sluice.bench.server.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * More of those who only connect than the server's core can take: one client beside it, and one that shares the core, so that
 * the core is full and the server never has to wait for work.
 */
final class CrowdedConnects implements Traffic {

    private final Connects connects = new Connects();
    private final Processes processes;
    private final Cores cores;

    CrowdedConnects(Processes processes, Cores cores) {
        this.processes = processes;
        this.cores = cores;
    }

    @Override
    public Slot run(RunningServer server, int seconds) {
        return Slot.of(server, () -> both(server, seconds));
    }

    private Load both(RunningServer server, int seconds) {
        CompletableFuture<Load> there = CompletableFuture.supplyAsync(
                () -> {
                    moveToTheServersCore();
                    return connects.lasting(server, seconds);
                },
                task -> Thread.ofPlatform().name("client-on-the-servers-core").start(task));
        Load here = connects.lasting(server, seconds);
        try {
            return Load.ofConnections(here.requests() + there.join().requests(), here.seconds());
        } catch (CompletionException failed) {
            throw new BenchException("the client on the server's core failed: " + failed.getCause(), failed);
        }
    }

    /** The calling thread alone. */
    private void moveToTheServersCore() {
        try {
            Path thread = Path.of("/proc/thread-self").toRealPath().getFileName();
            processes.run(List.of("taskset", "-c", "-p", cores.one(), thread.toString()));
        } catch (IOException failed) {
            throw new BenchException("cannot move a thread: " + failed.getMessage(), failed);
        }
    }
}
