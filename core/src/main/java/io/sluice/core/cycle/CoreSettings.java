package io.sluice.core.cycle;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Range;
import io.sluice.core.config.Settings;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings at the top of a configuration that belong to no plugin. See this module's reference.conf for each.
 *
 * @param workers {@code auto} or a number; see {@link #workerCount}
 * @param workerConnections slots of each worker
 * @param workerMemory what the connections of a worker may reserve together
 * @param debugMemory poison memory that is given back
 * @param shutdownTimeout how long what runs may take to end when the server stops; zero for as long as it takes
 */
public record CoreSettings(
        String workers,
        @Range(min = 2, max = 4_000_000) int workerConnections,
        @Range(min = 65_536, max = 1L << 40) Bytes workerMemory,
        boolean debugMemory,
        Duration shutdownTimeout,
        Events events,
        ThreadPool threadPool,
        PluginSettings plugins,
        StageOrders transportStages,
        Status status) {

    /** The loop of each worker. */
    public record Events(
            String driver,
            @Range(min = 1, max = 65_536) int resultsPerTurn,
            @Range(min = 1, max = 65_536) int acceptsPerTurn,
            @Range(min = 1, max = 1024) int datagramsPerTurn) {}

    /** Threads that wait for the disk in the workers' place. */
    public record ThreadPool(
            @Range(min = 1, max = 4096) int threads,
            @Range(min = 1, max = 16_777_216) int maxQueue) {}

    /** Which plugins come first. */
    public record PluginSettings(List<String> order) {}

    /** Which of the transport stages that plugins bring come first. */
    public record StageOrders(List<String> listenOrder, List<String> passOrder) {}

    /** A file with the counters of the workers. */
    public record Status(
            Optional<String> file,
            @Range(min = 10, max = 86_400_000) Duration interval) {}

    static final Settings<CoreSettings> SETTINGS = Settings.of(MethodHandles.lookup(), CoreSettings.class);

    public CoreSettings {
        if (!workers.equals("auto") && !isCount(workers)) {
            throw new IllegalArgumentException("workers must be auto or a number from 1 to 1024, is " + workers);
        }
    }

    private static boolean isCount(String text) {
        if (text.isEmpty() || text.length() > 4 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        int count = Integer.parseInt(text);
        return count >= 1 && count <= 1024;
    }

    /** How many workers: one per processor that the JVM may use, unless a number is given. */
    public int workerCount() {
        return workers.equals("auto") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(workers);
    }
}
