package io.sluice.event.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.sluice.core.buffer.FileKind;
import java.lang.foreign.MemorySegment;

/** {@code struct statx}: what the system tells of a file. The same on every processor. */
public final class Statx {
    public static final int BYTES = 256;

    /** What the readers below need: type, owner, time of modification, inode and size. */
    public static final int WANTED = 0x1 | 0x8 | 0x40 | 0x100 | 0x200;

    /** An empty path means the descriptor itself. */
    public static final int AT_EMPTY_PATH = 0x1000;

    /** A link at the end of the path is not followed. */
    public static final int AT_SYMLINK_NOFOLLOW = 0x100;

    private static final int UID = 20;
    private static final int MODE = 28;
    private static final int INODE = 32;
    private static final int SIZE = 40;
    private static final int MODIFIED = 112;
    private static final int DEVICE = 136;

    private static final int TYPE = 0xf000;
    private static final int REGULAR = 0x8000;
    private static final int FOLDER = 0x4000;
    private static final int LINK = 0xa000;
    private static final int SOCKET = 0xc000;

    /** Odd and without a pattern: spreads the few bits of a device number over the word. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private Statx() {}

    public static FileKind kind(MemorySegment status) {
        return switch (status.get(JAVA_SHORT, MODE) & TYPE) {
            case REGULAR -> FileKind.REGULAR;
            case FOLDER -> FileKind.DIRECTORY;
            default -> FileKind.OTHER;
        };
    }

    public static boolean isLink(MemorySegment status) {
        return (status.get(JAVA_SHORT, MODE) & TYPE) == LINK;
    }

    public static boolean isSocket(MemorySegment status) {
        return (status.get(JAVA_SHORT, MODE) & TYPE) == SOCKET;
    }

    public static int owner(MemorySegment status) {
        return status.get(JAVA_INT, UID);
    }

    public static long size(MemorySegment status) {
        return status.get(JAVA_LONG, SIZE);
    }

    public static long modifiedSeconds(MemorySegment status) {
        return status.get(JAVA_LONG, MODIFIED);
    }

    /** Inode and device in one word. */
    public static long identity(MemorySegment status) {
        return status.get(JAVA_LONG, INODE) ^ (status.get(JAVA_LONG, DEVICE) + 1) * SPREAD;
    }
}
