package io.sluice.core.connection;

import io.sluice.core.log.ConnectionErrorLevel;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogLine;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the error log knows it: its number, the log of the place that serves it, what is added to each of its lines, and
 * how loud its I/O errors are. A part of the {@link Connection}, not an object of its own, because ten thousand may be idle.
 */
abstract class LoggedConnection implements LogContext {
    private static final ConnectionErrorLevel[] LEVELS = ConnectionErrorLevel.values();

    private final long number;
    private ErrorLog log;
    private @Nullable LogContext logContext;
    private byte errorLevel = (byte) ConnectionErrorLevel.ALERT.ordinal();

    LoggedConnection(long number, ErrorLog log) {
        this.number = number;
        this.log = log;
    }

    /** @throws StaleConnectionException if the connection is gone */
    abstract void requireOpen();

    /** Unique over all workers; in every line of the log. */
    public long number() {
        return number;
    }

    public ErrorLog log() {
        return log;
    }

    /** The log of the place that serves the connection now. */
    public void log(ErrorLog place) {
        requireOpen();
        log = place;
    }

    /** What is added to each line about this connection: client, server, request. */
    public void logContext(@Nullable LogContext context) {
        requireOpen();
        logContext = context;
    }

    public ConnectionErrorLevel errorLevel() {
        return LEVELS[errorLevel];
    }

    /** How loud its I/O errors are logged. */
    public void errorLevel(ConnectionErrorLevel level) {
        requireOpen();
        errorLevel = (byte) level.ordinal();
    }

    /** A connection made for another one's sake speaks with that one's number, as in nginx. */
    @Override
    public long connectionNumber() {
        LogContext context = logContext;
        long ofContext = context == null ? 0 : context.connectionNumber();
        return ofContext == 0 ? number : ofContext;
    }

    @Override
    public void appendTo(LogLine line) {
        LogContext context = logContext;
        if (context != null) {
            context.appendTo(line);
        }
    }
}
