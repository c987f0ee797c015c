package io.sluice.files;

import io.sluice.core.connection.Connection;
import io.sluice.core.log.IoFault;
import io.sluice.core.log.LogEntry;
import io.sluice.core.log.LogLevel;
import io.sluice.files.listing.TooManyEntriesException;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What is answered, and said in the error log, when there is no file: statuses and levels of ngx_http_static_module.c. */
final class Failure {
    private final boolean logNotFound;

    Failure(boolean logNotFound) {
        this.logNotFound = logNotFound;
    }

    /** @param call what failed, as in the log */
    Outcome opening(HttpRequest request, String call, FileName name, IoFault fault) {
        int status = status(fault);
        if (status != 404 || logNotFound) {
            log(request, status == 500 ? LogLevel.CRIT : LogLevel.ERR, call + " \"", name, "\" failed", fault);
        }
        return request.answer(status);
    }

    /** The path cannot be that of a file in the folder. */
    Outcome noName(HttpRequest request, FileName name, FileName.Mapped why) {
        if (logNotFound) {
            String text =
                    why == FileName.Mapped.OUTSIDE ? "\" leads out of its folder" : "\" makes a name that is too long";
            Connection c = request.connection();
            c.log()
                    .at(LogLevel.ERR, c)
                    .text("\"")
                    .text(name.path(), 0, name.pathLength())
                    .text(text)
                    .write();
        }
        return request.answer(404);
    }

    /** The folder has no index, because it is not there. */
    Outcome missing(HttpRequest request, FileName name, IoFault fault) {
        if (logNotFound) {
            log(request, LogLevel.ERR, "\"", name, "\" is not found", fault);
        }
        return request.answer(404);
    }

    static Outcome forbidden(HttpRequest request, FileName name, IoFault fault) {
        log(request, LogLevel.ERR, "\"", name, "\" is forbidden", fault);
        return request.answer(403);
    }

    static Outcome noIndex(HttpRequest request, FileName name) {
        log(request, LogLevel.ERR, "directory index of \"", name, "\" is forbidden", IoFault.NONE);
        return request.answer(403);
    }

    static Outcome noRegularFile(HttpRequest request, FileName name) {
        log(request, LogLevel.CRIT, "\"", name, "\" is not a regular file", IoFault.NONE);
        return request.answer(404);
    }

    /** The folder could not be listed. */
    Outcome listing(HttpRequest request, byte[] folder, IOException problem) {
        boolean missing = problem instanceof NoSuchFileException || problem instanceof NotDirectoryException;
        boolean denied = problem instanceof AccessDeniedException;
        boolean tooMany = problem instanceof TooManyEntriesException;
        if (!missing || logNotFound) {
            Connection c = request.connection();
            LogEntry line = c.log()
                    .at(missing || denied || tooMany ? LogLevel.ERR : LogLevel.CRIT, c)
                    .text("opendir() \"")
                    .text(folder, 0, folder.length)
                    .text("\" failed");
            if (missing || denied) {
                line.fault(missing ? IoFault.NO_SUCH_FILE : IoFault.ACCESS).write();
            } else {
                line.text(": ").text(String.valueOf(problem.getMessage())).write();
            }
        }
        return request.answer(missing ? 404 : denied ? 403 : 500);
    }

    static Outcome notAllowed(HttpRequest request) {
        return request.answer(405, "Allow", "GET, HEAD");
    }

    static void log(HttpRequest request, LogLevel level, String before, FileName name, String after, IoFault fault) {
        Connection c = request.connection();
        c.log()
                .at(level, c)
                .text(before)
                .text(name.bytes(), 0, name.length())
                .text(after)
                .fault(fault)
                .write();
    }

    /** A name that the system cannot take is no file's. */
    static int status(IoFault fault) {
        if (fault == IoFault.NO_SUCH_FILE || fault == IoFault.INVALID) {
            return 404;
        }
        return fault == IoFault.ACCESS || fault == IoFault.TOO_MANY_LINKS ? 403 : 500;
    }
}
