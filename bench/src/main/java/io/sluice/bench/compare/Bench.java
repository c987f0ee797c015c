package io.sluice.bench.compare;

import io.sluice.bench.server.Balancing;
import io.sluice.bench.server.BenchException;
import io.sluice.bench.server.Cores;
import io.sluice.bench.server.ManyPeers;
import io.sluice.bench.server.Nginx;
import io.sluice.bench.server.Pages;
import io.sluice.bench.server.Processes;
import io.sluice.bench.server.RunningServer;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.Sluice;
import io.sluice.bench.server.StaticFiles;
import io.sluice.bench.server.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs scenarios. */
final class Bench {

    private static final int CLIENTS = 64;
    private static final int FEW_CLIENTS = 8;
    private static final int PEER_ROUNDS = 3;
    private static final int PEER_SECONDS = 2;

    private final Options options;
    private final Processes processes;
    private final Cores cores;
    private final Path folder;
    private final Path site;
    private final Wrk wrk;
    private final Server nginx = new Nginx("nginx");
    private final Server ours;
    private int servers;

    Bench(Options options, Processes processes, Path folder) {
        this.options = options;
        this.processes = processes;
        this.folder = folder;
        this.cores = Cores.ofThisMachine();
        cores.leaveTheFirst(processes);
        this.site = newFolder("site");
        Pages.writeFiles(site);
        this.wrk = new Wrk(processes, folder);
        this.ours = options.selfTest() ? new Nginx("nginx again") : new Sluice(options.sluice());
    }

    String nameOfOurs() {
        return ours.name();
    }

    /** The rows of one scenario; none for one that means nothing in a self-test. */
    List<Result> run(Scenario scenario) {
        System.out.println(scenario.shortName() + ": " + scenario.title());
        List<Result> results = measure(scenario);
        if (results.isEmpty()) {
            say("left out: means nothing without a JVM");
        }
        for (Result result : results) {
            String mark = ", mark " + scenario.unit().text(scenario.mark()) + ": " + result.verdict();
            say((results.size() > 1 ? result.title() + ": " : "")
                    + result.valueWithSpread()
                    + (options.selfTest() ? "" : mark));
        }
        return results;
    }

    private List<Result> measure(Scenario scenario) {
        Wanted one = Wanted.workers(1);
        StaticFiles files = new StaticFiles(site, false);
        StaticFiles cached = new StaticFiles(site, true);
        return switch (scenario) {
            case HELLO -> underLoad(scenario, one, Pages.HELLO);
            case PROXY -> underLoad(scenario, one, Pages.PROXIED);
            case PROXY_NEW -> underLoad(scenario, one, requests(one, Pages.PROXIED, true, CLIENTS));
            case TWO_WORKERS -> underLoad(scenario, Wanted.workers(2), Pages.PROXIED);
            case NIO -> notInSelfTest(() -> underLoad(scenario, one.onNio(), Pages.PROXIED));
            case FILE_1K -> underLoad(scenario, one.serving(files), Pages.FILE_1K);
            case FILE_1K_CACHED -> underLoad(scenario, one.serving(cached), Pages.FILE_1K);
            case FILE_1M -> underLoad(scenario, one.serving(files), Pages.FILE_1M);
            case ACCEPT_CLOSE -> underLoad(scenario, one, new Connects());
            case ACCEPT_CLOSE_FULL -> underLoad(scenario, one, new CrowdedConnects(processes, cores));
            case PEERS_10 -> peers(scenario, 10);
            case PEERS_1K -> peers(scenario, 1_000);
            case PEERS_10K -> peers(scenario, 10_000);
            case STREAM -> underLoad(scenario, one.asTunnel(), requests(one, Pages.FILE_1M, false, FEW_CLIENTS));
            case HEAP -> notInSelfTest(() -> List.of(new HeapPerRequest(this).measure(scenario, one)));
            case IDLE -> List.of(new IdleMemory(this).measure(scenario));
            case CHURN -> notInSelfTest(() -> List.of(new Churn(this).measure(scenario)));
            case START -> List.of(start(scenario));
        };
    }

    private interface Measurement {
        List<Result> measure();
    }

    private List<Result> notInSelfTest(Measurement measurement) {
        return options.selfTest() ? List.of() : measurement.measure();
    }

    private List<Result> underLoad(Scenario scenario, Wanted wanted, String path) {
        return underLoad(scenario, wanted, requests(wanted, path, false, CLIENTS));
    }

    private List<Result> underLoad(Scenario scenario, Wanted wanted, Traffic traffic) {
        try (Comparison comparison = new Comparison(this, wanted)) {
            return List.of(comparison.measure(scenario, traffic));
        }
    }

    /** A row for each way to choose a peer: as there are many, with few and short rounds. */
    private List<Result> peers(Scenario scenario, int count) {
        List<Result> results = new ArrayList<>();
        List<Balancing> all = List.of(Balancing.values());
        // Where their connections would be too many for one process, each way has servers of its own.
        List<List<Balancing>> together = count * all.size() < Wanted.ENOUGH_CONNECTIONS / 2
                ? List.of(all)
                : all.stream().map(List::of).toList();
        for (List<Balancing> ways : together) {
            Wanted wanted = Wanted.workers(1).balancing(new ManyPeers(count, ways));
            try (Comparison comparison = new Comparison(this, wanted)) {
                for (Balancing way : ways) {
                    results.add(comparison.measure(
                            scenario,
                            scenario.title() + ", " + way.title(),
                            requests(wanted, way.path(), false, CLIENTS),
                            Math.min(options.rounds(), PEER_ROUNDS),
                            Math.min(options.seconds(), PEER_SECONDS)));
                }
            }
        }
        return results;
    }

    private Traffic requests(Wanted wanted, String path, boolean newConnections, int clients) {
        String loadCores = wanted.workers() > 1 ? cores.besideTwo() : cores.besideOne();
        return new Requests(wrk, loadCores, path, newConnections, clients);
    }

    private Result start(Scenario scenario) {
        List<Double> nginxSeconds = new ArrayList<>();
        List<Double> ourSeconds = new ArrayList<>();
        try (RunningServer origin = origin(cores.all())) {
            // The first start of a build may make jars and caches.
            start(ours, Wanted.workers(1), origin.port(), cores.all()).close();
            for (int i = 0; i < Math.max(options.rounds(), 5); i++) {
                nginxSeconds.add(secondsToStart(nginx, origin.port()));
                ourSeconds.add(secondsToStart(ours, origin.port()));
            }
        }
        return Result.of(
                scenario,
                ourSeconds,
                scenario.unit().text(Median.of(ourSeconds)),
                scenario.unit().text(Median.of(nginxSeconds)));
    }

    private double secondsToStart(Server server, int originPort) {
        long before = System.nanoTime();
        try (RunningServer running = start(server, Wanted.workers(1), originPort, cores.all())) {
            double seconds = (System.nanoTime() - before) / 1e9;
            say(String.format(Locale.ROOT, "%s: %.3f s, process %d", server.name(), seconds, running.pid()));
            return seconds;
        }
    }

    /** A line of progress. */
    static void say(String line) {
        System.out.println("  " + line);
    }

    Options options() {
        return options;
    }

    Processes processes() {
        return processes;
    }

    Cores cores() {
        return cores;
    }

    Server ours() {
        return ours;
    }

    Server nginx() {
        return nginx;
    }

    Traffic traffic(String path) {
        return requests(Wanted.workers(1), path, false, CLIENTS);
    }

    RunningServer origin(String onCores) {
        return RunningServer.origin(processes, onCores, newFolder("origin"), site);
    }

    RunningServer start(Server server, Wanted wanted, int originPort, String onCores) {
        return RunningServer.start(processes, server, wanted, originPort, onCores, newFolder(server.name()));
    }

    private Path newFolder(String name) {
        try {
            return Files.createDirectory(folder.resolve(++servers + "-" + name.replace(' ', '-')));
        } catch (IOException failed) {
            throw new BenchException("cannot make a folder in " + folder, failed);
        }
    }
}
