package io.sluice.event.epoll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.core.file.LinkRule;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.LibC;
import io.sluice.event.linux.Statx;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Opens a file on whose path some symbolic links are refused, as ngx_open_file_wrapper does: each folder is opened from
 * the one before, so that nobody can put a link in the way between a look and the opening. Where no link at all is
 * allowed Linux does it in one call.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class LinkWalk {
    /** Which has numbers of its own for the next two. */
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_PATH = 0x200000;
    private static final long RESOLVE_NO_SYMLINKS = 4;

    /** To go through a folder it need not be readable. */
    private static final int FOLDER = O_PATH | O_DIRECTORY | O_CLOEXEC;

    private final MemorySegment errno;
    private final PathBytes path;
    private final MemorySegment empty;
    private final MemorySegment status;
    private final MemorySegment how;
    private final int flags;
    private boolean inOneCall;

    /**
     * @param flags to open the file itself with
     * @param inOneCall whether to try the call that older systems do not have
     */
    LinkWalk(Arena arena, MemorySegment errno, PathBytes path, int flags, boolean inOneCall) {
        this.errno = errno;
        this.path = path;
        this.flags = flags;
        this.inOneCall = inOneCall;
        empty = arena.allocate(1);
        status = arena.allocate(Statx.BYTES, Long.BYTES);
        how = arena.allocate(JAVA_LONG, 3);
        how.setAtIndex(JAVA_LONG, 0, flags);
        how.setAtIndex(JAVA_LONG, 2, RESOLVE_NO_SYMLINKS);
    }

    /** The descriptor or {@code -errno}; {@link Errno#ELOOP} for a link that is refused. */
    int open(byte[] file, int length, LinkRule rule) {
        int free = free(file, length, PathBytes.of(rule.from()));
        if (free == length) {
            return openat(LibC.AT_FDCWD, file, 0, length, flags);
        }
        if (free == 0) {
            return openBelow(LibC.AT_FDCWD, file, 0, length, rule.links());
        }
        int from = openat(LibC.AT_FDCWD, file, 0, free, FOLDER);
        return from < 0 ? from : openBelow(from, file, skipSlashes(file, free, length), length, rule.links());
    }

    /** @param from a folder, now this method's to close, or {@link LibC#AT_FDCWD} */
    private int openBelow(int from, byte[] file, int rest, int length, LinkRule.Links links) {
        if (links == LinkRule.Links.REFUSE && inOneCall) {
            int result = inOneCall(from, file, rest, length);
            if (result != -Errno.ENOSYS) {
                leave(from);
                return result;
            }
            inOneCall = false;
        }
        if (rest == 0 && length > 0 && file[0] == '/') {
            int root = openat(LibC.AT_FDCWD, file, 0, 1, FOLDER);
            return root < 0 ? root : walk(root, file, skipSlashes(file, 0, length), length, links);
        }
        return walk(from, file, rest, length, links);
    }

    /** How many bytes of a path the rule leaves alone: a part that ends between two components, or none. */
    static int free(byte[] file, int length, byte[] part) {
        int count = part.length;
        if (count == 0 || count > length) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            if (file[i] != part[i]) {
                return 0;
            }
        }
        boolean whole = count == length || file[count] == '/' || part[count - 1] == '/';
        return whole ? count : 0;
    }

    private static int skipSlashes(byte[] file, int at, int length) {
        int next = at;
        while (next < length && file[next] == '/') {
            next++;
        }
        return next;
    }

    private int inOneCall(int from, byte[] file, int rest, int length) {
        int refused = put(file, rest, length);
        if (refused < 0) {
            return refused;
        }
        int fd;
        do {
            fd = LibC.openat2(errno, from, path.address, how.address());
        } while (fd == -Errno.EINTR || fd == -Errno.EAGAIN);
        return fd;
    }

    private int walk(int start, byte[] file, int rest, int length, LinkRule.Links links) {
        int folder = start;
        int at = rest;
        while (true) {
            int end = at;
            while (end < length && file[end] != '/') {
                end++;
            }
            boolean last = end == length;
            int fd = step(folder, file, at, end, last ? flags : FOLDER, links);
            leave(folder);
            if (last || fd < 0) {
                return fd;
            }
            folder = fd;
            at = skipSlashes(file, end, length);
        }
    }

    /** One component. An empty one is the folder itself: what is behind a slash at the end. */
    private int step(int folder, byte[] file, int from, int to, int wanted, LinkRule.Links links) {
        boolean refuse = links == LinkRule.Links.REFUSE;
        int fd = openat(folder, file, from, to, refuse ? wanted | O_NOFOLLOW : wanted);
        if (refuse) {
            // A folder that is wanted and is a link is told to be no folder.
            return fd == -Errno.ENOTDIR && isLink(folder) ? -Errno.ELOOP : fd;
        }
        return fd < 0 || from == to ? fd : sameOwner(folder, fd);
    }

    private boolean isLink(int folder) {
        int mask = Statx.WANTED;
        int result = LibC.statx(errno, folder, path.address, Statx.AT_SYMLINK_NOFOLLOW, mask, status.address());
        return result == 0 && Statx.isLink(status);
    }

    /**
     * Compared also if it is no link when it is looked at: it may have been one when it was opened.
     */
    private int sameOwner(int folder, int fd) {
        int result = LibC.statx(errno, folder, path.address, Statx.AT_SYMLINK_NOFOLLOW, Statx.WANTED, status.address());
        int nameOwner = Statx.owner(status);
        if (result == 0) {
            result = LibC.statx(errno, fd, empty.address(), Statx.AT_EMPTY_PATH, Statx.WANTED, status.address());
        }
        if (result == 0 && nameOwner != Statx.owner(status)) {
            result = -Errno.ELOOP;
        }
        if (result < 0) {
            LibC.close(errno, fd);
            return result;
        }
        return fd;
    }

    private int openat(int folder, byte[] file, int from, int to, int with) {
        int refused = put(file, from, to);
        if (refused < 0) {
            return refused;
        }
        int fd;
        do {
            fd = LibC.openat(errno, folder, path.address, with);
        } while (fd == -Errno.EINTR);
        return fd;
    }

    private int put(byte[] file, int from, int to) {
        return from == to ? path.putDot() : path.put(file, from, to);
    }

    private void leave(int folder) {
        if (folder != LibC.AT_FDCWD) {
            LibC.close(errno, folder);
        }
    }
}
