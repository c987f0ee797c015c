package io.sluice.core.buffer;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a slab of one size class. Recycled for ever and never seen by a plugin; what plugins see are {@link Buf}s, which
 * remember the epoch in which they got their block.
 */
final class Block {
    final MemorySegment memory;
    final long address;
    final int capacity;

    /** The slab it returns to; null for constants, which are never given back. */
    final @Nullable Slab slab;

    /** Raised when the block is given back, so that every Buf made before it is refused from then on. */
    int epoch;

    /** Next in the free list of the size class, or next in the list of the pool that owns it. */
    @Nullable
    Block next;

    /** Who gave it back, filled only when the debug setting asks for it. */
    @Nullable
    Throwable givenBackBy;

    private @Nullable ByteBuffer view;

    Block(MemorySegment memory, @Nullable Slab slab) {
        this.memory = memory;
        this.address = memory.address();
        this.capacity = (int) memory.byteSize();
        this.slab = slab;
    }

    /** Made once per block, because each call of asByteBuffer allocates. */
    ByteBuffer view() {
        ByteBuffer made = view;
        if (made == null) {
            made = memory.asByteBuffer();
            view = made;
        }
        return made;
    }

    /** All of the block, for copies by absolute positions. A constant is shared by the workers: each call makes a view of its own. */
    ByteBuffer wholeView() {
        return slab == null ? memory.asByteBuffer() : view().clear();
    }
}
