package io.sluice.core.buffer;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The off-heap memory of one worker: blocks of powers of two from 256 bytes to 64 KiB, each handed out and taken back in
 * constant time. Memory once asked of the system is kept until {@link #close()}; a slab whose blocks are all free may change its size
 * class when another class has run dry.
 *
 * <p><b>Thread:</b> the worker's. Known to the engine only: plugins get memory from a {@link Pool}.
 */
public final class Slabs implements AutoCloseable {
    static final int SMALLEST_SHIFT = 8;
    static final int LARGEST_SHIFT = 16;
    private static final int CLASSES = LARGEST_SHIFT - SMALLEST_SHIFT + 1;

    /** The largest block there is, in bytes. */
    public static final int LARGEST_BLOCK = 1 << LARGEST_SHIFT;

    private final Arena arena = Arena.ofShared();
    private final MemoryBudget budget;
    private final boolean debug;
    private final @Nullable Block[] free = new Block[CLASSES];
    private final List<Slab> slabs = new ArrayList<>();
    private final NativeAccess nativeAccess = new NativeAccess();
    private long bytesInUse;
    private boolean closed;

    /** @param debug poison blocks that are given back and remember who did it: slow, for finding a plugin's bug */
    public Slabs(MemoryBudget budget, boolean debug) {
        this.budget = budget;
        this.debug = debug;
    }

    /** A pool whose blocks come from here. The caller ends it. */
    public Pool pool() {
        return new Pool(this);
    }

    /**
     * A pool for a connection's whole life: counted in the budget.
     *
     * @param firstBytes of the block that its small pieces share
     */
    public Pool countedPool(int firstBytes) {
        return new CountedPool(this, firstBytes);
    }

    boolean debug() {
        return debug;
    }

    /** The drivers' way to the addresses behind a Buf. Never given to a plugin. */
    public NativeAccess nativeAccess() {
        return nativeAccess;
    }

    public MemoryBudget budget() {
        return budget;
    }

    /** Bytes of blocks that are handed out now. */
    public long bytesInUse() {
        return bytesInUse;
    }

    /** Bytes asked of the operating system so far. */
    public long bytesHeld() {
        return (long) slabs.size() * Slab.BYTES;
    }

    Block take(int bytes) {
        int sizeClass = classOf(bytes);
        Block block = free[sizeClass];
        if (block == null) {
            block = refill(sizeClass);
        }
        free[sizeClass] = block.next;
        block.next = null;
        Slab slab = block.slab;
        if (slab != null) {
            slab.blocksInUse++;
        }
        bytesInUse += block.capacity;
        return block;
    }

    void giveBack(Block block) {
        block.epoch++;
        Slab slab = block.slab;
        if (slab == null) {
            return;
        }
        if (debug) {
            block.memory.fill((byte) 0xDE);
            block.givenBackBy = new Throwable("given back here");
        }
        slab.blocksInUse--;
        bytesInUse -= block.capacity;
        int sizeClass = slab.sizeClass;
        block.next = free[sizeClass];
        free[sizeClass] = block;
    }

    /** Takes all memory back. Any Buf used after it fails, whichever thread holds it. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arena.close();
        }
    }

    /** Bytes of the block that so many come from. */
    static int capacityOf(int bytes) {
        return 1 << classOf(bytes) + SMALLEST_SHIFT;
    }

    private static int classOf(int bytes) {
        if (bytes <= 0 || bytes > LARGEST_BLOCK) {
            throw new IllegalArgumentException("a block has 1 to " + LARGEST_BLOCK + " bytes, asked for " + bytes);
        }
        int shift = 32 - Integer.numberOfLeadingZeros(bytes - 1);
        return Math.max(shift, SMALLEST_SHIFT) - SMALLEST_SHIFT;
    }

    private Block refill(int sizeClass) {
        Slab slab = idleSlab();
        if (slab == null) {
            slab = new Slab(arena);
            slabs.add(slab);
        } else {
            dropFromFreeList(slab);
        }
        slab.cut(sizeClass, 1 << (sizeClass + SMALLEST_SHIFT));
        Block head = free[sizeClass];
        for (int i = slab.blocks.length - 1; i >= 0; i--) {
            Block block = slab.blocks[i];
            if (block != null) {
                block.next = head;
                head = block;
            }
        }
        if (head == null) {
            throw new IllegalStateException("a slab without blocks");
        }
        free[sizeClass] = head;
        return head;
    }

    /** Looked for only when a class has run dry, so walking all slabs is cheaper than keeping a list of the idle. */
    private @Nullable Slab idleSlab() {
        for (int i = 0; i < slabs.size(); i++) {
            if (slabs.get(i).blocksInUse == 0) {
                return slabs.get(i);
            }
        }
        return null;
    }

    /** The blocks of the old cut get a new epoch for ever: a Buf kept on one of them stays refused. */
    private void dropFromFreeList(Slab slab) {
        Block kept = null;
        for (Block block = free[slab.sizeClass]; block != null; ) {
            Block next = block.next;
            if (block.slab == slab) {
                block.epoch++;
                block.next = null;
            } else {
                block.next = kept;
                kept = block;
            }
            block = next;
        }
        free[slab.sizeClass] = kept;
    }
}
