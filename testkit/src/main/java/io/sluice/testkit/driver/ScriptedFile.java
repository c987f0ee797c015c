package io.sluice.testkit.driver;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.FileKind;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.connection.Io;
import io.sluice.core.file.FileStatus;
import java.nio.ByteBuffer;

/** A file as it was when it was opened. It is in memory, so nobody ever has to load it. */
final class ScriptedFile implements OpenFile {
    private final byte[] content;
    private final FileStatus status;
    private boolean closed;

    ScriptedFile(byte[] content, FileStatus status) {
        this.content = content;
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
        if (closed || status.kind() != FileKind.REGULAR) {
            return Io.ERROR;
        }
        int n = (int) Math.min(into.room(), Math.max(0, content.length - position));
        for (int i = 0; i < n; i++) {
            into.put(content[(int) position + i]);
        }
        return n;
    }

    @Override
    public boolean isLoaded(long position, long bytes) {
        return true;
    }

    @Override
    public boolean load(long position, long bytes) {
        return !closed;
    }

    ByteBuffer range(long from, long count) {
        if (closed) {
            throw new IllegalStateException("the file is closed: with a real driver this would send another one");
        }
        int start = (int) Math.min(from, content.length);
        return ByteBuffer.wrap(content, start, (int) Math.min(count, content.length - start));
    }

    @Override
    public void close() {
        closed = true;
    }
}
