package io.sluice.bench.compare;

import io.sluice.bench.server.BenchException;
import io.sluice.bench.server.Cores;
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
import java.util.Optional;

/** Runs scenarios. */
final class Bench {

    private static final int CLIENTS = 64;
    private static final int NGINX_WARM_UP_SECONDS = 2;

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

    /** Empty for one that means nothing in a self-test. */
    Optional<Result> run(Scenario scenario) {
        System.out.println(scenario.shortName() + ": " + scenario.title());
        Optional<Result> result = measure(scenario);
        if (result.isEmpty()) {
            say("left out: means nothing without a JVM");
        }
        result.ifPresent(it -> say(it.valueWithSpread()
                + (options.selfTest() ? "" : ", mark " + scenario.unit().text(scenario.mark()) + ": " + it.verdict())));
        return result;
    }

    private Optional<Result> measure(Scenario scenario) {
        Wanted one = Wanted.workers(1);
        StaticFiles files = new StaticFiles(site, false);
        StaticFiles cached = new StaticFiles(site, true);
        return switch (scenario) {
            case HELLO -> Optional.of(underLoad(scenario, one, Pages.HELLO, false));
            case PROXY -> Optional.of(underLoad(scenario, one, Pages.PROXIED, false));
            case PROXY_NEW -> Optional.of(underLoad(scenario, one, Pages.PROXIED, true));
            case TWO_WORKERS -> Optional.of(underLoad(scenario, Wanted.workers(2), Pages.PROXIED, false));
            case NIO -> notInSelfTest(() -> underLoad(scenario, one.onNio(), Pages.PROXIED, false));
            case FILE_1K -> Optional.of(underLoad(scenario, one.serving(files), Pages.FILE_1K, false));
            case FILE_1K_CACHED -> Optional.of(underLoad(scenario, one.serving(cached), Pages.FILE_1K, false));
            case FILE_1M -> Optional.of(underLoad(scenario, one.serving(files), Pages.FILE_1M, false));
            case ACCEPT_CLOSE -> Optional.of(underLoad(scenario, one, new Connects()));
            case HEAP -> notInSelfTest(() -> new HeapPerRequest(this).measure(scenario, one));
            case IDLE -> Optional.of(new IdleMemory(this).measure(scenario));
            case CHURN -> notInSelfTest(() -> new Churn(this).measure(scenario));
            case START -> Optional.of(start(scenario));
        };
    }

    private interface Measurement {
        Result measure();
    }

    private Optional<Result> notInSelfTest(Measurement measurement) {
        return options.selfTest() ? Optional.empty() : Optional.of(measurement.measure());
    }

    private Result underLoad(Scenario scenario, Wanted wanted, String path, boolean newConnections) {
        return underLoad(scenario, wanted, new Requests(wrk, loadCores(wanted), path, newConnections, CLIENTS));
    }

    private String loadCores(Wanted wanted) {
        return wanted.workers() > 1 ? cores.besideTwo() : cores.besideOne();
    }

    private Result underLoad(Scenario scenario, Wanted wanted, Traffic traffic) {
        String serverCores = wanted.workers() > 1 ? cores.two() : cores.one();
        try (RunningServer origin = origin(loadCores(wanted));
                RunningServer theirs = start(nginx, wanted, origin.port(), serverCores);
                RunningServer own = start(ours, wanted, origin.port(), serverCores)) {
            traffic.run(theirs, NGINX_WARM_UP_SECONDS);
            traffic.run(own, options.warmUpSeconds());
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < options.rounds(); i++) {
                // Each goes first in turn, so that a machine that slows down favours neither.
                boolean nginxFirst = i % 2 == 0;
                Slot first = traffic.run(nginxFirst ? theirs : own, options.seconds());
                Slot second = traffic.run(nginxFirst ? own : theirs, options.seconds());
                Round round = nginxFirst ? new Round(second, first) : new Round(first, second);
                rounds.add(round);
                say(String.format(
                        Locale.ROOT,
                        "round %d: nginx %.2f µs, %s %.2f µs for each, ratio %.3f; %s",
                        i + 1,
                        round.nginx().micros(),
                        ours.name(),
                        round.ours().micros(),
                        round.ratio(),
                        round.disturbance()));
            }
            return Result.ofRounds(scenario, rounds);
        }
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
        return new Requests(wrk, cores.besideOne(), path, false, CLIENTS);
    }

    RunningServer origin(String onCores) {
        return RunningServer.origin(processes, onCores, newFolder("origin"));
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
