package io.sluice.event.epoll;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.FileKind;
import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.connection.Io;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.linux.Statx;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A file, open for reading if it is a regular one. Its descriptor is closed when the owner has closed the file and nobody reads any
 * more: a number that is read from late would be another file's, or a socket's.
 */
final class EpollFile implements OpenFile {
    static final int NOTHING_OPEN = -1;

    private static final int RWF_NOWAIT = 8;
    private static final AtomicIntegerFieldUpdater<EpollFile> HOLDS =
            AtomicIntegerFieldUpdater.newUpdater(EpollFile.class, "holds");

    /** Asked when the first file is, not when the JVM starts. */
    private static final class Page {
        static final long BYTES = LibC.getpagesize(FileMemory.mine().errno);

        private Page() {}
    }

    private final NativeAccess memory;
    private final int fd;
    private final FileKind kind;
    private final long size;
    private final long modifiedSeconds;
    private final long identity;

    /** One is the owner's, each further one of a read under way. */
    private volatile int holds = 1;

    private boolean closed;

    /** @param fd now the file's, or {@link #NOTHING_OPEN} */
    EpollFile(NativeAccess memory, int fd, FileKind kind, MemorySegment status) {
        this.memory = memory;
        this.fd = fd;
        this.kind = kind;
        this.size = Statx.size(status);
        this.modifiedSeconds = Statx.modifiedSeconds(status);
        this.identity = Statx.identity(status);
    }

    int fd() {
        if (closed || kind != FileKind.REGULAR) {
            throw new IllegalStateException(closed ? "the file is closed" : "it is no regular file");
        }
        return fd;
    }

    @Override
    public FileKind kind() {
        return kind;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long modifiedSeconds() {
        return modifiedSeconds;
    }

    @Override
    public long identity() {
        return identity;
    }

    @Override
    public int read(Buf into, long position) {
        int room = into.room();
        if (room == 0) {
            throw new IllegalArgumentException("a read into a Buf without room");
        }
        if (!hold()) {
            return Io.ERROR;
        }
        try {
            long n = read(FileMemory.mine().errno, memory.writeAddress(into), room, position);
            if (n < 0) {
                return Io.ERROR;
            }
            memory.filled(into, (int) n);
            return (int) n;
        } finally {
            release();
        }
    }

    private long read(MemorySegment errno, long into, long bytes, long position) {
        long n;
        do {
            n = LibC.pread(errno, fd, into, bytes, position);
        } while (n == -Errno.EINTR);
        return n;
    }

    /**
     * Counts the pages in memory; as those count that are just being read, the last byte is read too, if that does not wait.
     */
    @Override
    public boolean isLoaded(long position, long bytes) {
        long end = Math.min(position + bytes, size);
        if (end <= position) {
            return true;
        }
        if (!hold()) {
            return false;
        }
        try {
            FileMemory mine = FileMemory.mine();
            long pages = (end - 1) / Page.BYTES - position / Page.BYTES + 1;
            return mine.cachedPages(fd, position, end - position) >= pages
                    && LibC.preadv2(mine.errno, fd, mine.vector(), 1, end - 1, RWF_NOWAIT) >= 0;
        } finally {
            release();
        }
    }

    /** To read is the one way to be sure: readahead() returns when the disk has been asked. */
    @Override
    public boolean load(long position, long bytes) {
        FileMemory mine = FileMemory.mine();
        long at = position;
        long end = position + bytes;
        while (at < end) {
            if (!hold()) {
                return false;
            }
            long n;
            try {
                n = read(mine.errno, mine.loading(), Math.min(end - at, FileMemory.LOAD_BYTES), at);
            } finally {
                release();
            }
            if (n <= 0) {
                return n == 0;
            }
            at += n;
        }
        return true;
    }

    private boolean hold() {
        int count;
        do {
            count = holds;
            if (count == 0 || fd == NOTHING_OPEN) {
                return false;
            }
        } while (!HOLDS.compareAndSet(this, count, count + 1));
        return true;
    }

    private void release() {
        if (HOLDS.decrementAndGet(this) == 0 && fd != NOTHING_OPEN) {
            LibC.close(FileMemory.mine().errno, fd);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            release();
        }
    }
}
