package io.sluice.bench.compare;

import io.sluice.bench.server.BenchException;
import io.sluice.bench.server.Cores;
import io.sluice.bench.server.Nginx;
import io.sluice.bench.server.ProcFile;
import io.sluice.bench.server.Processes;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Where and with what it was measured, a line each. */
final class Machine {

    private final Processes processes;
    private final Path root;

    Machine(Processes processes, Path root) {
        this.processes = processes;
        this.root = root;
    }

    List<String> lines(Options options, Cores cores) {
        return List.of(
                "CPU: " + ProcFile.value("/proc/cpuinfo", "model name") + ", " + cores.count() + " cores",
                "Kernel: " + ProcFile.read("/proc/sys/kernel/osrelease").strip() + " " + System.getProperty("os.arch"),
                "JDK: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                "nginx: "
                        + processes
                                .run(List.of(Nginx.binary(), "-v"))
                                .replace("nginx version: ", "")
                                .strip(),
                "Sluice: " + commit() + ", " + LocalDate.now(ZoneOffset.UTC),
                "Server on core " + cores.one() + " (two workers: " + cores.two() + "), load and origin on "
                        + cores.besideOne() + " (" + cores.besideTwo() + "); " + options.rounds() + " rounds of "
                        + options.seconds() + " s for each, in turns of 1 s");
    }

    private String commit() {
        try {
            String folder = root.toString();
            String commit = processes.run(List.of("git", "-C", folder, "rev-parse", "--short=12", "HEAD"));
            String changes =
                    processes.run(List.of("git", "-C", folder, "status", "--porcelain", "--untracked-files=no"));
            return "commit " + commit.strip() + (changes.isBlank() ? "" : " with changes");
        } catch (BenchException noRepository) {
            return "no commit";
        }
    }
}
