package io.sluice.launcher;

import io.sluice.core.cycle.CoreSettings.ErrorLogSettings;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogFile;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.log.LogStream;
import io.sluice.core.log.LogWriter;
import io.sluice.core.time.Clock;
import io.sluice.event.StartException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;

/**
 * The logs of the process, open: the thread that writes them and the error log of the top of the configuration. From then on standard
 * error leads into it too, with all that libraries print there.
 *
 * @param writer of all logs, those of plugins included
 * @param log spoken to by the process
 */
record ProcessLog(LogWriter writer, ErrorLog log) implements AutoCloseable {
    private static final int QUEUE_ENTRIES = 16 * 1024;
    private static final String STANDARD_ERROR = "stderr";
    private static final Duration PATIENCE = Duration.ofMillis(500);

    static ProcessLog open(Cycle cycle, Clock clock, ZoneId zone, PrintStream lastResort) throws StartException {
        LogOrigin origin = LogOrigin.ofProcess(ProcessHandle.current().pid(), clock, zone);
        LogWriter writer = new LogWriter(clock, origin, QUEUE_ENTRIES);
        ErrorLogSettings settings = cycle.settings().errorLog();
        ErrorLog log = ErrorLog.of(origin, settings.logLevel(), open(writer, settings.file(), cycle.prefix()));
        writer.start((_, death) -> {
            lastResort.println("sluice: [emerg] nothing is logged any more: " + death);
            lastResort.flush();
        });
        System.setErr(new LogStream(log, LogLevel.ERR));
        return new ProcessLog(writer, log);
    }

    private static LogFile open(LogWriter writer, String file, Path prefix) throws StartException {
        if (file.equals(STANDARD_ERROR)) {
            return writer.standardError();
        }
        Path path = prefix.resolve(file);
        try {
            Path folder = path.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return writer.open(path);
        } catch (IOException failed) {
            throw new StartException("the error log " + path + " cannot be opened: " + failed, failed);
        }
    }

    /** Writes what was said so far, as far as the disk lets it in half a second. */
    @Override
    public void close() {
        writer.close(PATIENCE);
    }
}
