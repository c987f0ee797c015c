package io.sluice.core.log;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A standard error that turns what is printed to it into entries of an error log: set by {@link System#setErr}, it brings
 * the lines of slf4j-simple and of anybody who prints there into the log.
 *
 * <p>slf4j-simple is expected to print {@code [WARN] io.foo.Bar - text}: level in brackets, a logger name or none, no
 * time and no thread name; the settings are
 *
 * <pre>{@code
 * org.slf4j.simpleLogger.logFile=System.err
 * org.slf4j.simpleLogger.cacheOutputStream=false
 * org.slf4j.simpleLogger.levelInBrackets=true
 * org.slf4j.simpleLogger.showThreadName=false
 * org.slf4j.simpleLogger.showDateTime=false
 * org.slf4j.simpleLogger.showShortLogName=true
 * }</pre>
 *
 * It prints an event with one {@code println(String)}, the stack with one {@code println} a line, and then flushes. So
 * one call is one line, whatever line ends the text has in it: they are escaped and cannot forge another. Anything else
 * printed is logged line by line at a level of its own.
 *
 * <p><b>Thread:</b> any.
 */
public final class LogStream extends PrintStream {
    /** More than this without a line end is logged as if there were one. */
    private static final int MAX_LINE_BYTES = 8 * 1024;

    private final ErrorLog log;
    private final LogLevel otherwise;
    private final byte[] partial = new byte[MAX_LINE_BYTES];
    private int partialCount;
    private LogEntry pending = LogEntry.OFF;
    private boolean inEvent;

    /**
     * @param log spoken to by a context that any thread may use
     * @param otherwise the level of what does not begin with one
     */
    public LogStream(ErrorLog log, LogLevel otherwise) {
        super(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        this.log = log;
        this.otherwise = otherwise;
    }

    @Override
    public synchronized void println(String text) {
        line(takePartial() + text);
    }

    @Override
    public void println(Object value) {
        // Outside of the lock: it may print itself.
        println(String.valueOf(value));
    }

    @Override
    public synchronized void write(int value) {
        byteOf((byte) value);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byteOf(bytes[i]);
        }
    }

    @Override
    public synchronized void flush() {
        pending.write();
        pending = LogEntry.OFF;
        inEvent = false;
    }

    @Override
    public void close() {
        // A library that closes it must not make the rest of the process mute.
        flush();
    }

    private void byteOf(byte value) {
        if (value == '\n') {
            String text = takePartial();
            line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            return;
        }
        if (partialCount == MAX_LINE_BYTES) {
            line(takePartial());
        }
        partial[partialCount++] = value;
    }

    private String takePartial() {
        String text = new String(partial, 0, partialCount, StandardCharsets.UTF_8);
        partialCount = 0;
        return text;
    }

    private void line(String text) {
        @Nullable LogLevel level = levelOf(text);
        if (level != null) {
            flush();
            pending = log.at(level).text(text.substring(text.indexOf(']') + 2));
            inEvent = true;
        } else if (inEvent) {
            pending.following(text);
        } else if (!text.isBlank()) {
            log.log(otherwise, text);
        }
    }

    /** The level of a line that slf4j-simple begins, or null. */
    private static @Nullable LogLevel levelOf(String text) {
        if (!text.startsWith("[")) {
            return null;
        }
        if (text.startsWith("[ERROR] ")) {
            return LogLevel.ERR;
        }
        if (text.startsWith("[WARN] ")) {
            return LogLevel.WARN;
        }
        if (text.startsWith("[INFO] ")) {
            return LogLevel.INFO;
        }
        return text.startsWith("[DEBUG] ") || text.startsWith("[TRACE] ") ? LogLevel.DEBUG : null;
    }
}
