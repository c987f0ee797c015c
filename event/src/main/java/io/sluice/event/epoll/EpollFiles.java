package io.sluice.event.epoll;

import io.sluice.core.buffer.FileKind;
import io.sluice.core.buffer.NativeAccess;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.file.FileOpener;
import io.sluice.core.file.FileStatus;
import io.sluice.core.file.LinkRule;
import io.sluice.core.log.IoFault;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.linux.Statx;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Opens files: one call that opens and one that asks what it is, if links are followed. All native memory is made once.
 */
final class EpollFiles implements FileOpener {
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;

    /** Without blocking, or a FIFO would hold the worker until somebody writes to it. */
    private static final int READING = O_NONBLOCK | O_CLOEXEC;

    private final NativeAccess memory;
    private final MemorySegment errno;
    private final PathBytes path;
    private final MemorySegment empty;
    private final MemorySegment status;
    private final LinkWalk walk;
    private int lastError;

    EpollFiles(NativeAccess memory, Arena arena, MemorySegment errno) {
        this(memory, arena, errno, true);
    }

    /** @param inOneCall as {@link LinkWalk} has it */
    EpollFiles(NativeAccess memory, Arena arena, MemorySegment errno, boolean inOneCall) {
        this.memory = memory;
        this.errno = errno;
        path = new PathBytes(arena);
        empty = arena.allocate(1);
        status = arena.allocate(Statx.BYTES, Long.BYTES);
        walk = new LinkWalk(arena, errno, path, READING, inOneCall);
    }

    @Override
    public @Nullable OpenFile open(Path file, LinkRule rule) {
        byte[] bytes = PathBytes.of(file.toString());
        return open(bytes, bytes.length, rule);
    }

    @Override
    public @Nullable OpenFile open(byte[] file, int length, LinkRule rule) {
        int fd = descriptor(file, length, rule);
        if (fd == -Errno.ENXIO) {
            // A socket. It cannot be opened, and is no file.
            status.fill((byte) 0);
            return new EpollFile(memory, EpollFile.NOTHING_OPEN, FileKind.OTHER, status);
        }
        int result = fd < 0 ? fd : statusOf(fd);
        if (result < 0) {
            lastError = -result;
            close(fd);
            return null;
        }
        FileKind kind = Statx.kind(status);
        if (kind != FileKind.REGULAR) {
            close(fd);
            fd = EpollFile.NOTHING_OPEN;
        }
        return new EpollFile(memory, fd, kind, status);
    }

    @Override
    public @Nullable FileStatus status(Path file, LinkRule rule) {
        byte[] bytes = PathBytes.of(file.toString());
        return status(bytes, bytes.length, rule);
    }

    @Override
    public @Nullable FileStatus status(byte[] file, int length, LinkRule rule) {
        int result;
        if (rule.links() == LinkRule.Links.FOLLOW) {
            result = path.put(file, 0, length);
            if (result == 0) {
                result = LibC.statx(errno, LibC.AT_FDCWD, path.address, 0, Statx.WANTED, status.address());
            }
        } else {
            int fd = descriptor(file, length, rule);
            result = fd < 0 ? fd : statusOf(fd);
            close(fd);
        }
        if (result < 0) {
            lastError = -result;
            return null;
        }
        return new FileStatus(
                Statx.kind(status), Statx.size(status), Statx.modifiedSeconds(status), Statx.identity(status));
    }

    @Override
    public IoFault fault() {
        return Errno.fault(lastError);
    }

    private int descriptor(byte[] file, int length, LinkRule rule) {
        if (rule.links() != LinkRule.Links.FOLLOW) {
            return walk.open(file, length, rule);
        }
        int fd = path.put(file, 0, length);
        if (fd == 0) {
            do {
                fd = LibC.openat(errno, LibC.AT_FDCWD, path.address, READING);
            } while (fd == -Errno.EINTR);
        }
        return fd;
    }

    private int statusOf(int fd) {
        return LibC.statx(errno, fd, empty.address(), Statx.AT_EMPTY_PATH, Statx.WANTED, status.address());
    }

    private void close(int fd) {
        if (fd >= 0) {
            LibC.close(errno, fd);
        }
    }
}
