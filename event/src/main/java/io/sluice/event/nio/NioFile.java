package io.sluice.event.nio;

import io.sluice.core.buffer.OpenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A regular file that is sent from with {@link FileChannel#transferTo}. */
final class NioFile implements OpenFile {
    private final FileChannel channel;
    private final long size;

    private NioFile(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    /** @return null if it is no regular file: to open a FIFO would hold the worker until somebody writes to it */
    static @Nullable NioFile open(Path path) throws IOException {
        if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
            return null;
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new NioFile(channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public long size() {
        return size;
    }

    /** @return 0 if the socket takes nothing now, or if the file ends at or before the position: {@link #endsAt} tells which */
    long transferTo(long position, long bytes, WritableByteChannel socket) throws IOException {
        return channel.transferTo(position, bytes, socket);
    }

    /** Whether the file, as long as it is now, has nothing at the position. */
    boolean endsAt(long position) throws IOException {
        return channel.size() <= position;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
