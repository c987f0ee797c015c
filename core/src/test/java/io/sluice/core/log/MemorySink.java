package io.sluice.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file in memory that can be made to fail. For a test that writes on its own thread. */
final class MemorySink implements LogSink {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private String failure = "";
    private int bytesBeforeFailure;
    int writes;
    int reopened;
    boolean closed;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void write(ByteBuffer wholeLines) throws IOException {
        writes++;
        if (!failure.isEmpty()) {
            for (int i = 0; i < bytesBeforeFailure; i++) {
                written.write(wholeLines.get());
            }
            throw new IOException(failure);
        }
        while (wholeLines.hasRemaining()) {
            written.write(wholeLines.get());
        }
    }

    @Override
    public void reopen() throws IOException {
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        reopened++;
    }

    @Override
    public void close() {
        closed = true;
    }

    void failWith(String message, int afterBytes) {
        failure = message;
        bytesBeforeFailure = afterBytes;
    }

    void heal() {
        failure = "";
    }

    /** What was written since the last time. */
    String take() {
        String text = written.toString(UTF_8);
        written.reset();
        return text;
    }
}
