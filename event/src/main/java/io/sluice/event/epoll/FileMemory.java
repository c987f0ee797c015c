package io.sluice.event.epoll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.event.linux.LibC;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Native memory of one thread for reading files: a file is read by its worker and by threads that load it. */
final class FileMemory {
    static final int LOAD_BYTES = 128 * 1024;

    private static final int WORDS = 9;
    private static final int VECTOR = 7;
    private static final ThreadLocal<FileMemory> MINE = ThreadLocal.withInitial(FileMemory::new);

    private final Arena arena = Arena.ofAuto();
    final MemorySegment errno = LibC.errno(arena);

    /** Two words of a range, five of what is known of it, two of a {@code struct iovec} for one byte. */
    private final MemorySegment words = arena.allocate(JAVA_LONG, WORDS);

    private final MemorySegment oneByte = arena.allocate(1);
    private @Nullable MemorySegment loading;

    private FileMemory() {
        words.setAtIndex(JAVA_LONG, VECTOR, oneByte.address());
        words.setAtIndex(JAVA_LONG, VECTOR + 1, 1);
    }

    static FileMemory mine() {
        return MINE.get();
    }

    /** Where {@link #LOAD_BYTES} may be read to. */
    long loading() {
        MemorySegment made = loading;
        if (made == null) {
            made = arena.allocate(LOAD_BYTES);
            loading = made;
        }
        return made.address();
    }

    /** Address of a vector for one byte. */
    long vector() {
        return words.address() + VECTOR * Long.BYTES;
    }

    /** How many pages of a range are in memory, or {@code -errno}. */
    long cachedPages(int fd, long position, long bytes) {
        words.setAtIndex(JAVA_LONG, 0, position);
        words.setAtIndex(JAVA_LONG, 1, bytes);
        int result = LibC.cachestat(errno, fd, words.address(), words.address() + 2 * Long.BYTES);
        return result < 0 ? result : words.getAtIndex(JAVA_LONG, 2);
    }
}
