package io.sluice.core.buffer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** One allocation from the operating system, cut into blocks of one size class at a time. */
final class Slab {
    static final int BYTES = 256 * 1024;

    final MemorySegment memory;
    int sizeClass = -1;
    int blocksInUse;

    @Nullable
    Block[] blocks = new Block[0];

    Slab(Arena arena) {
        this.memory = arena.allocate(BYTES, 64);
    }

    /** Cuts the slab into blocks of another size. Only while none of its blocks is in use. */
    void cut(int newClass, int blockBytes) {
        sizeClass = newClass;
        int count = BYTES / blockBytes;
        blocks = new Block[count];
        for (int i = 0; i < count; i++) {
            blocks[i] = new Block(memory.asSlice((long) i * blockBytes, blockBytes), this);
        }
    }
}
