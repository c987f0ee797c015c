package io.sluice.bench.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The CPU time that the compiler's threads of a JVM have used. They come and go; what one used stays counted. */
public final class CompilerTime {

    private final Path tasks;
    private final Map<String, Long> nanosByThread = new HashMap<>();

    /** Of a server that may be no JVM: then it is always 0. */
    public CompilerTime(RunningServer server) {
        this.tasks = Path.of("/proc", Long.toString(server.pid()), "task");
    }

    public long nanos() {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                look(thread);
            }
        } catch (IOException failed) {
            throw new BenchException("cannot read " + tasks + ": " + failed.getMessage(), failed);
        }
        return nanosByThread.values().stream().mapToLong(Long::longValue).sum();
    }

    private void look(Path thread) {
        try {
            // The kernel keeps fifteen characters of "C2 CompilerThread0".
            if (Files.readString(thread.resolve("comm")).matches("C[12] CompilerThre.*\\s*")) {
                String used = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
                nanosByThread.put(thread.getFileName().toString(), Long.parseLong(used));
            }
        } catch (IOException ended) {
            // What it had used when it was last seen stays in the sum.
        }
    }
}
