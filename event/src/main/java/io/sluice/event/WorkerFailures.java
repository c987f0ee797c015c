package io.sluice.event;

import io.sluice.core.connection.Connection;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogLevel;

/**
 * What becomes of an exception that reaches the worker: it is counted and told, and the worker goes on. Out of memory and the like are not
 * one connection's: they stop the server.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class WorkerFailures {
    private final ErrorLog log;
    private final WorkerStatus status;

    WorkerFailures(ErrorLog log, WorkerStatus status) {
        this.log = log;
        this.status = status;
    }

    /** Of our own code, or of nobody that is known. */
    void tell(String where, Throwable failure) {
        count(failure);
        log.at(LogLevel.ALERT).text(where).text(" failed").cause(failure).write();
    }

    /** Of a plugin, about one of its connections. */
    void tell(Connection c, String where, Throwable failure) {
        count(failure);
        log.at(LogLevel.ERR, c)
                .text("a plugin failed in ")
                .text(where)
                .cause(failure)
                .write();
    }

    /** Of a plugin, at a place with a log of its own. */
    void tell(ErrorLog place, LogContext about, String what, Throwable failure) {
        count(failure);
        place.log(LogLevel.ERR, about, what, failure);
    }

    private void count(Throwable failure) {
        if (failure instanceof VirtualMachineError fatal && !(failure instanceof StackOverflowError)) {
            throw fatal;
        }
        status.countFailure();
    }
}
