package io.sluice.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs scenarios. */
final class Bench {

    static final String ORIGIN_BODY = "hello from the origin, sixty-four bytes long, give or take some.";

    private static final int CLIENTS = 64;
    private static final int NGINX_WARM_UP_SECONDS = 2;

    private final Options options;
    private final Processes processes;
    private final Cores cores = Cores.ofThisMachine();
    private final Path folder;
    private final Wrk wrk;
    private final Server nginx = new Nginx("nginx");
    private final Server ours;
    private int servers;

    Bench(Options options, Processes processes, Path folder) {
        this.options = options;
        this.processes = processes;
        this.folder = folder;
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
        return switch (scenario) {
            case HELLO -> Optional.of(underLoad(scenario, one, "/hello", false));
            case PROXY -> Optional.of(underLoad(scenario, one, "/", false));
            case PROXY_NEW -> Optional.of(underLoad(scenario, one, "/", true));
            case TWO_WORKERS -> Optional.of(underLoad(scenario, Wanted.workers(2), "/", false));
            case NIO -> notInSelfTest(() -> underLoad(scenario, one.onNio(), "/", false));
            case HEAP -> notInSelfTest(() -> new HeapPerRequest(this).measure(scenario, one));
            case IDLE -> Optional.of(new IdleMemory(this).measure(scenario));
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
        boolean two = wanted.workers() > 1;
        String serverCores = two ? cores.two() : cores.one();
        String loadCores = two ? cores.besideTwo() : cores.besideOne();
        Traffic traffic = new Traffic(wrk, loadCores, path, newConnections, CLIENTS);
        try (RunningServer origin = origin(loadCores);
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
                        "round %d: nginx %.2f µs, %s %.2f µs for a request, ratio %.3f; %s",
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
        return new Traffic(wrk, cores.besideOne(), path, false, CLIENTS);
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
