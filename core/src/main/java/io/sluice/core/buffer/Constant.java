package io.sluice.core.buffer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Bytes that never change, off-heap, made when a cycle is built and shared by all workers. Collected with the cycle.
 */
public final class Constant {
    final Block block;

    private Constant(Block block) {
        this.block = block;
    }

    /** Copies the bytes. */
    public static Constant of(byte[] bytes) {
        MemorySegment memory = Arena.ofAuto().allocate(Math.max(1, bytes.length));
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return new Constant(new Block(memory.asSlice(0, bytes.length), null));
    }

    public int size() {
        return block.capacity;
    }
}
