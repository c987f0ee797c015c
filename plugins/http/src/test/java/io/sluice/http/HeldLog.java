package io.sluice.http;

import io.sluice.core.log.LogSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A log file on a disk that stands still until it is let go. */
final class HeldLog implements LogSink {
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final StringBuilder written = new StringBuilder();

    @Override
    public String name() {
        return "held";
    }

    @Override
    public void write(ByteBuffer wholeLines) {
        writing.countDown();
        try {
            letGo.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        synchronized (written) {
            written.append(StandardCharsets.ISO_8859_1.decode(wholeLines));
        }
    }

    @Override
    public void reopen() {}

    @Override
    public void close() {}

    /** Waits until somebody waits for the disk. */
    void awaitWriter() throws InterruptedException {
        writing.await();
    }

    void letGo() {
        letGo.countDown();
    }

    List<String> lines() {
        synchronized (written) {
            return written.toString().lines().toList();
        }
    }
}
