package io.sluice.http;

import io.sluice.core.log.ErrorLog;
import io.sluice.core.plugin.ErrorLogSetting;
import io.sluice.core.plugin.OpenLogs;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.time.Timer;
import java.util.List;

/**
 * One worker's way into all logs of HTTP's servers and locations.
 *
 * <p><b>Thread:</b> the worker's. <b>Owns</b> the files until {@link #close}.
 */
final class WorkerLogs implements AutoCloseable {
    private static final long LATE_MILLIS = 100;

    private final OpenLogs files;
    private final ErrorLog process;
    private final ErrorLog[] errors;
    private final AccessLog[] accesses;
    private final Timer late;
    private boolean written;

    /** @throws io.sluice.core.plugin.CannotStartException if a file cannot be opened; then none stays open */
    WorkerLogs(HttpWorker worker, HttpLogs logs) {
        WorkerContext context = worker.context();
        files = new OpenLogs(context.logs(), context.prefix());
        process = context.log();
        errors = new ErrorLog[logs.errorLogs().size()];
        accesses = new AccessLog[logs.accessLogs().size()];
        late = context.timers().create(this::turnEnds, true);
        try {
            open(worker, logs);
        } catch (RuntimeException failed) {
            files.close();
            throw failed;
        }
        if (accesses.length > 0) {
            context.atTurnEnd(this::turnEnds);
        }
    }

    private void open(HttpWorker worker, HttpLogs logs) {
        for (int i = 0; i < errors.length; i++) {
            List<ErrorLogSetting> settings = logs.errorLogs().get(i);
            errors[i] = files.errorLog(process.speaker(), settings);
        }
        for (int i = 0; i < accesses.length; i++) {
            AccessLogConf conf = logs.accessLogs().get(i);
            accesses[i] = new AccessLog(worker, files.records(conf.file(), conf.where(), process), conf);
        }
    }

    /** Where errors are told that happen in a place. */
    ErrorLog error(PlaceLogs place) {
        int index = place.errorLog();
        return index == PlaceLogs.PROCESS ? process : errors[index];
    }

    /** A line in each access log of a place. */
    void access(PlaceLogs place, HttpRequest request) {
        for (int i = 0; i < place.accessLogs(); i++) {
            accesses[place.accessLog(i)].write(request);
            written = true;
        }
    }

    /** Hands over what the turn has logged; what is held back because the disk is slow is tried again a little later. */
    private void turnEnds() {
        if (!written) {
            return;
        }
        written = false;
        for (AccessLog log : accesses) {
            written |= !log.handOver();
        }
        if (written && !late.isSet()) {
            late.setMillis(LATE_MILLIS);
        }
    }

    /** The last lines go out. */
    @Override
    public void close() {
        late.cancel();
        for (AccessLog log : accesses) {
            log.flush();
        }
        files.close();
    }
}
