package io.sluice.launcher;

import io.sluice.core.cycle.Cycle;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogOrigin;
import io.sluice.core.log.LogStream;
import io.sluice.core.log.LogWriter;
import io.sluice.core.plugin.CannotStartException;
import io.sluice.core.plugin.OpenLogs;
import io.sluice.core.time.Clock;
import io.sluice.event.StartException;
import java.io.PrintStream;
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
    private static final Duration PATIENCE = Duration.ofMillis(500);

    static ProcessLog open(Cycle cycle, Clock clock, ZoneId zone, PrintStream lastResort) throws StartException {
        LogOrigin origin = LogOrigin.ofProcess(ProcessHandle.current().pid(), clock, zone);
        LogWriter writer = new LogWriter(clock, origin, QUEUE_ENTRIES);
        ErrorLog log = open(cycle, writer, origin);
        writer.start((_, death) -> {
            lastResort.println("sluice: [emerg] nothing is logged any more: " + death);
            lastResort.flush();
        });
        System.setErr(new LogStream(log, LogLevel.ERR));
        return new ProcessLog(writer, log);
    }

    /** The files are given back with all others when the writer ends. */
    private static ErrorLog open(Cycle cycle, LogWriter writer, LogOrigin origin) throws StartException {
        try {
            return new OpenLogs(writer, cycle.prefix()).errorLog(origin, cycle.errorLogs());
        } catch (CannotStartException refused) {
            throw new StartException(String.valueOf(refused.getMessage()));
        }
    }

    /** Writes what was said so far, as far as the disk lets it in half a second. */
    @Override
    public void close() {
        writer.close(PATIENCE);
    }
}
