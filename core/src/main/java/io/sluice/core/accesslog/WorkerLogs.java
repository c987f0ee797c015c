package io.sluice.core.accesslog;

import io.sluice.core.log.ErrorLog;
import io.sluice.core.plugin.ErrorLogSetting;
import io.sluice.core.plugin.OpenLogs;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.time.Timer;
import io.sluice.core.variable.BytesSink;
import java.util.List;

/**
 * One worker's way into all logs of a plugin's places.
 *
 * <p><b>Thread:</b> the worker's. <b>Owns</b> the files until {@link #close}.
 *
 * @param <C> what the lines of access logs are about
 */
public final class WorkerLogs<C> implements AutoCloseable {
    private static final long LATE_MILLIS = 100;
    private static final int SINK_BYTES = 1024;
    private static final int SINK_MOST = 1 << 20;

    private final OpenLogs files;
    private final ErrorLog process;
    private final ErrorLog[] errors;
    private final AccessLog<C>[] accesses;
    private final Timer late;
    private final BytesSink sink = new BytesSink(SINK_BYTES, SINK_MOST);
    private boolean written;

    /** @throws io.sluice.core.plugin.CannotStartException if a file cannot be opened; then none stays open */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    public WorkerLogs(WorkerContext context, CycleLogs<C> logs) {
        files = new OpenLogs(context.logs(), context.prefix());
        process = context.log();
        errors = new ErrorLog[logs.errorLogs().size()];
        accesses = new AccessLog[logs.accessLogs().size()];
        late = context.timers().create(this::turnEnds, true);
        try {
            open(logs);
        } catch (RuntimeException failed) {
            files.close();
            throw failed;
        }
        if (accesses.length > 0) {
            context.atTurnEnd(this::turnEnds);
        }
    }

    private void open(CycleLogs<C> logs) {
        for (int i = 0; i < errors.length; i++) {
            List<ErrorLogSetting> settings = logs.errorLogs().get(i);
            errors[i] = files.errorLog(process.speaker(), settings);
        }
        for (int i = 0; i < accesses.length; i++) {
            AccessLogConf<C> conf = logs.accessLogs().get(i);
            accesses[i] = new AccessLog<>(sink, files.records(conf.file(), conf.where(), process), conf);
        }
    }

    /** Where errors are told that happen in a place. */
    public ErrorLog error(PlaceLogs place) {
        int index = place.errorLog();
        return index == PlaceLogs.PROCESS ? process : errors[index];
    }

    /** A line in each access log of a place. */
    public void access(PlaceLogs place, C about) {
        for (int i = 0; i < place.accessLogs(); i++) {
            accesses[place.accessLog(i)].write(about);
            written = true;
        }
    }

    /** Hands over what the turn has logged; what is held back because the disk is slow is tried again a little later. */
    private void turnEnds() {
        if (!written) {
            return;
        }
        written = false;
        for (AccessLog<C> log : accesses) {
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
        for (AccessLog<C> log : accesses) {
            log.flush();
        }
        files.close();
    }
}
