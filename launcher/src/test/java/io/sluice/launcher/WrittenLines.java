package io.sluice.launcher;

import io.sluice.core.log.LogSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A log in memory. */
final class WrittenLines implements LogSink {

    private static final String TIME = "(?m)^\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d ";

    private final StringBuilder written = new StringBuilder();
    private int reopened;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public synchronized void write(ByteBuffer wholeLines) {
        written.append(StandardCharsets.UTF_8.decode(wholeLines));
    }

    @Override
    public synchronized void reopen() {
        reopened++;
    }

    @Override
    public void close() {
        // What was written can still be asked for.
    }

    /** All lines so far, without their time. */
    synchronized String take() {
        return written.toString().replaceAll(TIME, "");
    }

    synchronized int reopened() {
        return reopened;
    }
}
