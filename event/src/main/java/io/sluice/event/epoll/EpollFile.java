package io.sluice.event.epoll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.sluice.core.buffer.OpenFile;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.Charset;
import java.nio.file.Path;

/** A regular file, open for reading. <b>Thread:</b> any, but {@link #close} once nobody sends from it. */
final class EpollFile implements OpenFile {
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_TYPE = 1;
    private static final int STATX_SIZE = 0x200;
    private static final int STATX_BYTES = 256;
    private static final int MODE_OFFSET = 28;
    private static final int SIZE_OFFSET = 40;
    private static final int S_IFMT = 0xf000;
    private static final int S_IFREG = 0x8000;

    /** What the JDK makes the text of a path from and to. */
    private static final Charset PATHS = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private final long size;
    private int fd;

    EpollFile(int fd, long size) {
        this.fd = fd;
        this.size = size;
    }

    /**
     * The descriptor or {@code -errno}. Without blocking, or a FIFO would hold the worker until somebody writes to it.
     */
    static int open(Arguments arguments, Path path) {
        try (Arena arena = Arena.ofConfined()) {
            long text = Arguments.path(arena, path.toString().getBytes(PATHS));
            int fd;
            do {
                fd = LibC.open(arguments.errno, text, O_NONBLOCK | O_CLOEXEC);
            } while (fd == -Errno.EINTR);
            return fd;
        }
    }

    /** The size in bytes, or {@code -errno}: {@link Errno#EINVAL} if it is no regular file. */
    static long size(Arguments arguments, int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(STATX_BYTES, Long.BYTES);
            MemorySegment noPath = arena.allocate(1);
            int result = LibC.statx(
                    arguments.errno, fd, noPath.address(), AT_EMPTY_PATH, STATX_TYPE | STATX_SIZE, status.address());
            if (result < 0) {
                return result;
            }
            boolean regular = (status.get(JAVA_SHORT, MODE_OFFSET) & S_IFMT) == S_IFREG;
            return regular ? status.get(JAVA_LONG, SIZE_OFFSET) : -Errno.EINVAL;
        }
    }

    int fd() {
        return fd;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() {
        if (fd >= 0) {
            try (Arena arena = Arena.ofConfined()) {
                LibC.close(LibC.errno(arena), fd);
            }
            fd = -1;
        }
    }
}
