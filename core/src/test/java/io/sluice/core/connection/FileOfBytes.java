package io.sluice.core.connection;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.FileKind;
import io.sluice.core.buffer.OpenFile;

/** A file of which nothing but its size counts. */
record FileOfBytes(long size) implements OpenFile {
    @Override
    public FileKind kind() {
        return FileKind.REGULAR;
    }

    @Override
    public long modifiedSeconds() {
        return 0;
    }

    @Override
    public long identity() {
        return 0;
    }

    @Override
    public int read(Buf into, long position) {
        return Io.ERROR;
    }

    @Override
    public boolean isLoaded(long position, long bytes) {
        return true;
    }

    @Override
    public boolean load(long position, long bytes) {
        return true;
    }

    @Override
    public void close() {}
}
