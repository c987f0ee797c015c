package io.sluice.bench.compare;

import io.sluice.bench.server.BenchException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The connections that wait at a listening socket to be accepted. The kernel tells of them in the column of received
 * bytes; listening sockets come first in its file, so that reading the beginning is enough and takes no time.
 */
final class AcceptQueue implements AutoCloseable {

    private static final int BEGINNING = 16_384;
    private static final long PAUSE_NANOS = 50_000;
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final RandomAccessFile file;
    private final byte[] text = new byte[BEGINNING];
    private final Pattern line;

    /** Of the socket at this port of the loopback address. */
    AcceptQueue(int port) throws IOException {
        this.file = new RandomAccessFile("/proc/net/tcp", "r");
        this.line = Pattern.compile(
                String.format(Locale.ROOT, "0100007F:%04X 00000000:0000 0A \\p{XDigit}{8}:(\\p{XDigit}{8})", port));
    }

    /** Returns when at most so many wait. */
    void awaitAtMost(int waiting) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (length() > waiting) {
            if (System.nanoTime() - end > 0) {
                throw new BenchException("the server has not accepted a connection for 10 s");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private int length() throws IOException {
        file.seek(0);
        int length = 0;
        for (int read = 0; read >= 0 && length < BEGINNING; read = file.read(text, length, BEGINNING - length)) {
            length += read;
            Matcher found = line.matcher(new String(text, 0, length, StandardCharsets.ISO_8859_1));
            if (found.find()) {
                return Integer.parseInt(found.group(1), 16);
            }
        }
        throw new BenchException("the kernel lists no listening socket " + line);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
