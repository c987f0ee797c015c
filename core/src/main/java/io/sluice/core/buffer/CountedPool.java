package io.sluice.core.buffer;

import org.jspecify.annotations.Nullable;

/**
 * The pool of a connection. What it takes is counted in the worker's {@link MemoryBudget}, because nobody has reserved it before; its
 * small pieces share a first block of the listener's {@code pool-size}, as in nginx.
 */
final class CountedPool extends Pool {
    private final MemoryBudget budget;
    private final int firstBytes;
    private @Nullable Block first;
    private int firstUsed;

    CountedPool(Slabs slabs, int firstBytes) {
        super(slabs);
        this.budget = slabs.budget();
        this.firstBytes = firstBytes;
    }

    @Override
    public Buf take(int bytes) {
        if (bytes > firstBytes || bytes <= 0) {
            return super.take(bytes);
        }
        Block shared = first;
        if (shared == null || bytes > shared.capacity - firstUsed) {
            shared = block(firstBytes);
            first = shared;
            firstUsed = 0;
        }
        int from = firstUsed;
        firstUsed += bytes;
        return handle(shared, from, firstUsed);
    }

    @Override
    Block block(int bytes) {
        int capacity = Slabs.capacityOf(bytes);
        // Before the block is taken: to make room reusable connections may be closed in here, its own among them.
        budget.count(capacity);
        if (isClosed()) {
            budget.uncount(capacity);
        }
        return super.block(bytes);
    }

    @Override
    void ended(long bytes) {
        first = null;
        firstUsed = 0;
        budget.uncount(bytes);
    }
}
