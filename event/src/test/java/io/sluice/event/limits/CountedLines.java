package io.sluice.event.limits;

import io.sluice.core.log.LogSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was logged of accepting, to be counted; the rest would look like a leak. */
final class CountedLines implements LogSink {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
        return "counted";
    }

    @Override
    public void write(ByteBuffer wholeLines) {
        byte[] bytes = new byte[wholeLines.remaining()];
        wholeLines.get(bytes);
        new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("accept() failed"))
                .forEach(lines::add);
    }

    @Override
    public void reopen() {}

    @Override
    public void close() {}

    long count(String text) {
        return lines.stream().filter(line -> line.contains(text)).count();
    }
}
