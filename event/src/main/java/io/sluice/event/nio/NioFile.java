package io.sluice.event.nio;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.FileKind;
import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.connection.Io;
import io.sluice.core.file.FileStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** A file that is sent from with {@link FileChannel#transferTo}, if it is a regular one. */
final class NioFile implements OpenFile {
    private static final int LOAD_BYTES = 128 * 1024;
    private static final ThreadLocal<ByteBuffer> LOADING =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(LOAD_BYTES));

    private final NativeAccess memory;
    private final @Nullable FileChannel channel;
    private final FileStatus status;

    /** @param channel now the file's; null if it is no regular file */
    NioFile(NativeAccess memory, @Nullable FileChannel channel, FileStatus status) {
        this.memory = memory;
        this.channel = channel;
        this.status = status;
    }

    @Override
    public FileKind kind() {
        return status.kind();
    }

    @Override
    public long size() {
        return status.sizeBytes();
    }

    @Override
    public long modifiedSeconds() {
        return status.modifiedSeconds();
    }

    @Override
    public long identity() {
        return status.identity();
    }

    @Override
    public int read(Buf into, long position) {
        if (into.room() == 0) {
            throw new IllegalArgumentException("a read into a Buf without room");
        }
        FileChannel from = channel;
        if (from == null) {
            return Io.ERROR;
        }
        try {
            int n = from.read(memory.writeView(into), position);
            if (n <= 0) {
                return Io.END;
            }
            memory.filled(into, n);
            return n;
        } catch (IOException unreadable) {
            return Io.ERROR;
        }
    }

    /** The JDK cannot ask. */
    @Override
    public boolean isLoaded(long position, long bytes) {
        return Math.min(bytes, status.sizeBytes() - position) <= 0;
    }

    @Override
    public boolean load(long position, long bytes) {
        FileChannel from = channel;
        if (from == null) {
            return false;
        }
        ByteBuffer buffer = LOADING.get();
        long at = position;
        long end = position + bytes;
        try {
            while (at < end) {
                buffer.clear().limit((int) Math.min(end - at, LOAD_BYTES));
                int n = from.read(buffer, at);
                if (n <= 0) {
                    return true;
                }
                at += n;
            }
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** @return 0 if the socket takes nothing now, or if the file ends at or before the position: {@link #endsAt} tells which */
    long transferTo(long position, long bytes, WritableByteChannel socket) throws IOException {
        return channel().transferTo(position, bytes, socket);
    }

    /** Whether the file, as long as it is now, has nothing at the position. */
    boolean endsAt(long position) throws IOException {
        return channel().size() <= position;
    }

    private FileChannel channel() {
        FileChannel from = channel;
        if (from == null) {
            throw new IllegalStateException("it is no regular file");
        }
        return from;
    }

    @Override
    public void close() {
        FileChannel from = channel;
        if (from != null) {
            NioChannels.close(from);
        }
    }
}
