package io.sluice.bench.compare;

import io.sluice.bench.server.BenchException;
import io.sluice.bench.server.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The program behind {@code bench/run}. Needs nothing but a JDK: it is run from source. */
final class Compare {

    private Compare() {}

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        Path root = Path.of(System.getProperty("bench.root", ".")).toAbsolutePath();
        int status = 0;
        try {
            Options options = Options.parse(arguments, root);
            checkTools(options);
            run(options, root);
        } catch (BenchException failed) {
            System.err.println("bench: " + failed.getMessage());
            status = 1;
        }
        // The hook that ends what was started runs here, and after a key press that interrupts.
        System.exit(status);
    }

    private static void run(Options options, Path root) {
        Path folder = temporaryFolder();
        boolean good = false;
        try (Processes processes = new Processes()) {
            System.out.println("What the servers say meanwhile is in " + folder);
            Bench bench = new Bench(options, processes, folder);
            List<String> machine = new Machine(processes, root).lines(options, bench.cores());
            machine.forEach(System.out::println);
            List<Result> results = new ArrayList<>();
            for (Scenario scenario : options.only()) {
                results.addAll(bench.run(scenario));
                write(options, results, bench.nameOfOurs(), machine);
            }
            good = true;
        } finally {
            if (good) {
                delete(folder);
            } else {
                System.err.println("bench: the servers' logs are in " + folder);
            }
        }
    }

    /** After each scenario, so that a run that breaks leaves what it had. */
    private static void write(Options options, List<Result> results, String ours, List<String> machine) {
        String name = options.kind();
        Path table = options.out().resolve(name + ".md");
        try {
            Files.createDirectories(options.out());
            Files.writeString(options.out().resolve(name + ".svg"), Plot.of(results, ours));
            Files.writeString(table, Table.of(results, options, ours, machine, name + ".svg"));
        } catch (IOException failed) {
            throw new BenchException("cannot write " + table + ": " + failed.getMessage(), failed);
        }
        System.out.println("  written to " + table);
    }

    private static void checkTools(Options options) {
        List<String> missing = new ArrayList<>();
        List<String> path =
                new ArrayList<>(List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)));
        path.add("/usr/sbin");
        for (String tool : List.of("nginx", "wrk", "taskset")) {
            if (path.stream().noneMatch(folder -> Files.isExecutable(Path.of(folder, tool)))) {
                missing.add(tool);
            }
        }
        if (!missing.isEmpty()) {
            throw new BenchException("missing: " + String.join(", ", missing)
                    + ". On Debian these come with: apt-get install nginx wrk util-linux");
        }
        if (!options.selfTest() && !Files.isExecutable(options.sluice())) {
            throw new BenchException("there is no " + options.sluice() + "; --self-test needs none");
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("sluice-bench");
        } catch (IOException failed) {
            throw new BenchException("cannot make a temporary folder: " + failed.getMessage(), failed);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            System.err.println("bench: cannot delete " + folder + ": " + failed.getMessage());
        }
    }
}
