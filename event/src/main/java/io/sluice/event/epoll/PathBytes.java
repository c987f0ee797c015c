package io.sluice.event.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.event.linux.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.Charset;

/** Native memory for one path at a time, used by one call after the other. <b>Thread:</b> the one it was made for. */
final class PathBytes {
    /** As PATH_MAX: with the zero byte at the end. */
    private static final int CAPACITY = 4096;

    /** What the JDK makes the text of a path from and to. */
    private static final Charset CHARSET = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private final MemorySegment bytes;
    final long address;

    PathBytes(Arena arena) {
        bytes = arena.allocate(CAPACITY);
        address = bytes.address();
    }

    static byte[] of(String text) {
        return text.getBytes(CHARSET);
    }

    /** Puts the name that a folder has in itself. Answers 0. */
    int putDot() {
        bytes.set(JAVA_BYTE, 0, (byte) '.');
        bytes.set(JAVA_BYTE, 1, (byte) 0);
        return 0;
    }

    /** Puts a part of a path, with a zero after it. Answers 0, or {@code -errno} if the system would take it for another. */
    int put(byte[] path, int from, int to) {
        int length = to - from;
        if (length >= CAPACITY) {
            return -Errno.ENAMETOOLONG;
        }
        for (int i = from; i < to; i++) {
            if (path[i] == 0) {
                return -Errno.EINVAL;
            }
        }
        MemorySegment.copy(path, from, bytes, JAVA_BYTE, 0, length);
        bytes.set(JAVA_BYTE, length, (byte) 0);
        return 0;
    }
}
