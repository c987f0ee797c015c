package io.sluice.core.log;

import org.jspecify.annotations.Nullable;

/**
 * A line being built, with the lines that belong to it. Got from {@link ErrorLog#at}, given its parts, written once. When
 * the level is off it is one shared object that does nothing, so callers need no {@code if}.
 *
 * <p><b>Thread:</b> one.
 */
public final class LogEntry {
    /** NGX_MAX_ERROR_STR: a line with its line end. */
    static final int MAX_LINE_BYTES = 2048;

    /** Kept free by the text for what follows it, so that a long text from a client cannot hide who the client is. */
    static final int CONTEXT_BYTES = 256;

    static final LogEntry OFF = new LogEntry();

    private final @Nullable ErrorLog log;
    private final LogLevel level;
    private final @Nullable LogContext about;
    private @Nullable LogLine line;
    private @Nullable FollowingLines following;
    private IoFault fault = IoFault.NONE;

    private LogEntry() {
        this.log = null;
        this.level = LogLevel.DEBUG;
        this.about = null;
    }

    LogEntry(ErrorLog log, LogLevel level, LogContext about) {
        this.log = log;
        this.level = level;
        this.about = about;
        LogLine head = new LogLine(MAX_LINE_BYTES - CONTEXT_BYTES);
        about.origin().appendHeadTo(head, level);
        long number = about.connectionNumber();
        if (number != 0) {
            head.append('*').append(number).append(' ');
        }
        this.line = head;
    }

    public LogEntry text(CharSequence part) {
        if (line != null) {
            line.append(part);
        }
        return this;
    }

    /** Bytes of a peer; whatever is not printable is escaped. */
    public LogEntry text(byte[] part, int offset, int length) {
        if (line != null) {
            line.append(part, offset, length);
        }
        return this;
    }

    public LogEntry number(long part) {
        if (line != null) {
            line.append(part);
        }
        return this;
    }

    /** What went wrong, printed after the text wherever in the chain it is given. */
    public LogEntry fault(IoFault what) {
        if (line != null) {
            fault = what;
        }
        return this;
    }

    /** The stack, on lines of their own after this one. */
    public LogEntry cause(Throwable cause) {
        if (line != null) {
            followingLines().add(cause);
        }
        return this;
    }

    /** One more line that belongs to this one. It begins with a tab, so it cannot pass for a line of its own. */
    public LogEntry following(CharSequence text) {
        if (line != null) {
            followingLines().add(text);
        }
        return this;
    }

    /** Hands the entry over to the log's thread. The entry is used up. */
    public void write() {
        LogLine head = line;
        if (head == null || log == null || about == null) {
            return;
        }
        line = null;
        // The line end has its place beyond the limit.
        head.extendTo(MAX_LINE_BYTES - 1);
        fault.appendTo(head);
        if (level != LogLevel.DEBUG) {
            appendContext(about, head);
        }
        head.endLine();
        log.offer(level, block(head, following));
    }

    private static void appendContext(LogContext about, LogLine head) {
        try {
            about.appendTo(head);
        } catch (RuntimeException failed) {
            // The line may be the report of the very bug that made the context unreadable.
            head.append(", context: ").append(failed.getClass().getName());
        }
    }

    private static LogBlock block(LogLine head, @Nullable FollowingLines following) {
        if (following == null) {
            return LogBlock.of(head.toBytes());
        }
        byte[] all = new byte[head.count() + following.count()];
        head.copyTo(all, 0);
        following.copyTo(all, head.count());
        return LogBlock.of(all);
    }

    private FollowingLines followingLines() {
        FollowingLines lines = following;
        if (lines == null) {
            lines = new FollowingLines();
            following = lines;
        }
        return lines;
    }
}
