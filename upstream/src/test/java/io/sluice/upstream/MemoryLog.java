package io.sluice.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.core.log.LogSink;
import java.nio.ByteBuffer;

/** What was logged, for a test to read. */
final class MemoryLog implements LogSink {
    private final StringBuilder lines = new StringBuilder();

    /** What was written since the last call. */
    String take() {
        String text = lines.toString();
        lines.setLength(0);
        return text;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void write(ByteBuffer wholeLines) {
        lines.append(UTF_8.decode(wholeLines));
    }

    @Override
    public void reopen() {}

    @Override
    public void close() {}
}
