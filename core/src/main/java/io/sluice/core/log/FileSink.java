package io.sluice.core.log;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file that only grows. Appending is the system's, so that several processes may share it line by line. */
final class FileSink implements LogSink {
    private final Path path;
    private FileChannel channel;

    FileSink(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, CREATE, WRITE, APPEND);
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public void write(ByteBuffer wholeLines) throws IOException {
        if (!channel.isOpen()) {
            // An interrupt closes a channel for good; the log must outlive that.
            channel = FileChannel.open(path, CREATE, WRITE, APPEND);
        }
        writeAll(channel, wholeLines);
    }

    @Override
    public void reopen() throws IOException {
        FileChannel old = channel;
        channel = FileChannel.open(path, CREATE, WRITE, APPEND);
        old.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static void writeAll(FileChannel channel, ByteBuffer wholeLines) throws IOException {
        while (wholeLines.hasRemaining()) {
            // A pipe may have been set non-blocking by whoever reads it; trying again at once would spin.
            if (channel.write(wholeLines) == 0) {
                throw new IOException("Resource temporarily unavailable");
            }
        }
    }
}
