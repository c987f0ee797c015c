package io.sluice.launcher;

import io.sluice.core.cycle.CoreSettings.Status;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogLevel;
import io.sluice.event.Server;
import io.sluice.event.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Writes the counters of all workers to a file again and again, by a thread of its own, if the configuration wants it. */
final class StatusFile implements AutoCloseable {
    private final long intervalMillis;
    private final Server server;
    private final ErrorLog log;
    private final CountDownLatch end = new CountDownLatch(1);
    private boolean failed;

    private StatusFile(long intervalMillis, Server server, ErrorLog log) {
        this.intervalMillis = intervalMillis;
        this.server = server;
        this.log = log;
    }

    /** Begins at once. */
    static StatusFile of(Cycle cycle, Server server, ErrorLog log) {
        Status settings = cycle.settings().status();
        StatusFile status = new StatusFile(settings.interval().toMillis(), server, log);
        settings.file()
                .map(cycle.prefix()::resolve)
                .ifPresent(
                        to -> Thread.ofPlatform().name("sluice-status").daemon().start(() -> status.run(to)));
        return status;
    }

    private void run(Path to) {
        try {
            do {
                write(to);
            } while (!end.await(intervalMillis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    /** Moved into its place, so that a reader sees a whole line. */
    private void write(Path to) {
        try {
            Path folder = to.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path fresh = to.resolveSibling(to.getFileName() + ".new");
            Files.writeString(fresh, line());
            Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            failed = false;
        } catch (IOException trouble) {
            if (!failed) {
                log.log(LogLevel.ERR, "the status file " + to + " cannot be written: " + trouble);
            }
            failed = true;
        }
    }

    private String line() {
        return StatusText.of(server.workers().stream().map(Worker::status).toList()) + "\n";
    }

    /** Writes no more; the file stays. */
    @Override
    public void close() {
        end.countDown();
    }
}
