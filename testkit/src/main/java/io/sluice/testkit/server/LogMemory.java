package io.sluice.testkit.server;

import io.sluice.core.log.LogSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was logged. <b>Thread:</b> any. */
public final class LogMemory implements LogSink {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void write(ByteBuffer wholeLines) {
        byte[] bytes = new byte[wholeLines.remaining()];
        wholeLines.get(bytes);
        lines.addAll(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    }

    @Override
    public void reopen() {}

    @Override
    public void close() {}

    /** All lines so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Whether a line contains a text. */
    public boolean has(String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }

    /** How many lines contain a text. */
    public long count(String text) {
        return lines.stream().filter(line -> line.contains(text)).count();
    }
}
