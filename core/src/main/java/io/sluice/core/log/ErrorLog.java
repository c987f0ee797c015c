package io.sluice.core.log;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where something is told, and by whom: the targets of one place of the configuration and the context that speaks when
 * no other is named. Layout of a line as nginx's (ngx_log.c), at most {@value LogEntry#MAX_LINE_BYTES} bytes:
 *
 * <pre>{@code
 * 2026/11/21 07:34:00 [error] PID#WORKER: *NUMBER text (104: Connection reset by peer), client: …, server: …
 * }</pre>
 *
 * <p>When the level is off nothing is allocated and nobody is asked for anything. A level that is on costs a queue entry;
 * the writing is done by {@link LogWriter}.
 *
 * <p><b>Thread:</b> that of the context which speaks.
 */
public final class ErrorLog {
    private final LogContext speaker;
    private final LogLevel[] levels;
    private final LogFile[] files;
    private final @Nullable LogLevel mostVerbose;

    private ErrorLog(LogContext speaker, LogLevel[] levels, LogFile[] files) {
        this.speaker = speaker;
        this.levels = levels;
        this.files = files;
        this.mostVerbose = levels.length == 0 ? null : levels[0];
    }

    /**
     * What is told on any of the targets.
     *
     * @param targets in any order; with none of them nothing is ever logged
     */
    public static ErrorLog of(LogContext speaker, List<LogTarget> targets) {
        // Most verbose first, so that a walk stops at the first that does not want the line.
        List<LogTarget> ordered = targets.stream()
                .sorted(Comparator.comparing(LogTarget::level).reversed())
                .toList();
        return new ErrorLog(
                speaker,
                ordered.stream().map(LogTarget::level).toArray(LogLevel[]::new),
                ordered.stream().map(LogTarget::file).toArray(LogFile[]::new));
    }

    /** One target. */
    public static ErrorLog of(LogContext speaker, LogLevel level, LogFile file) {
        return of(speaker, List.of(new LogTarget(level, file)));
    }

    /** The same targets, spoken to by another: how a connection gets its log from that of its listener. */
    public ErrorLog spokenBy(LogContext other) {
        return new ErrorLog(other, levels, files);
    }

    public LogContext speaker() {
        return speaker;
    }

    public boolean isEnabled(LogLevel level) {
        return mostVerbose != null && level.compareTo(mostVerbose) <= 0;
    }

    /** A line of a constant text. For a text made of parts, {@link #at(LogLevel)} builds none when the level is off. */
    public void log(LogLevel level, String text) {
        at(level, speaker).text(text).write();
    }

    /** As {@link #log(LogLevel, String)}, about somebody else: a request on the log of its location. */
    public void log(LogLevel level, LogContext about, String text) {
        at(level, about).text(text).write();
    }

    /** A failed operation: the text is followed by what went wrong. */
    public void log(LogLevel level, LogContext about, String text, IoFault fault) {
        at(level, about).text(text).fault(fault).write();
    }

    /** A bug: the line is followed by the stack, one frame a line. */
    public void log(LogLevel level, LogContext about, String text, Throwable cause) {
        at(level, about).text(text).cause(cause).write();
    }

    /** Starts a line; nothing is told before {@link LogEntry#write()}. */
    public LogEntry at(LogLevel level) {
        return at(level, speaker);
    }

    /** Starts a line about somebody else. */
    public LogEntry at(LogLevel level, LogContext about) {
        return isEnabled(level) ? new LogEntry(this, level, about) : LogEntry.OFF;
    }

    void offer(LogLevel level, LogBlock block) {
        for (int i = 0; i < files.length && level.compareTo(levels[i]) <= 0; i++) {
            files[i].offer(block);
        }
    }
}
