package io.sluice.event;

import io.sluice.core.buffer.MemoryBudget;
import io.sluice.event.spi.AcceptSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps new connections in the system's queue while those that are there hold more memory than they may: who holds nothing yet is who
 * waits. Opened by the worker's {@link MemoryBudget}, in the order of waiting.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class MemoryGate implements MemoryBudget.Waiter {
    private final Worker worker;
    private final @Nullable List<Worker> others;
    private final AcceptSource source;
    private final Runnable resume;
    private boolean shut;

    /**
     * @param others all who get connections from this socket, or null
     * @param resume lets the source go on, and tries again if the system refuses
     */
    MemoryGate(Worker worker, @Nullable List<Worker> others, AcceptSource source, Runnable resume) {
        this.worker = worker;
        this.others = others;
        this.source = source;
        this.resume = resume;
    }

    /** Whether somebody may be accepted; if not, the source is paused until memory comes free. */
    boolean isOpen() {
        MemoryBudget budget = worker.slabs().budget();
        if (!budget.isOver()) {
            return true;
        }
        if (someoneElseHasMemory()) {
            return true;
        }
        // Each time: something else may have let it go on.
        source.pause();
        if (!shut) {
            shut = true;
            budget.await(this);
        }
        return false;
    }

    /** Whether a worker is left that may get a connection. Asked of its counters, which are those of its last turn. */
    static boolean hasMemory(Worker worker) {
        return worker.status().reservedBytes() <= worker.slabs().budget().limitBytes();
    }

    private boolean someoneElseHasMemory() {
        List<Worker> all = others;
        if (all == null) {
            return false;
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) != worker && hasMemory(all.get(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void memoryFreed() {
        shut = false;
        resume.run();
    }

    @Override
    public int wantedBytes() {
        return 0;
    }

    void close() {
        if (shut) {
            shut = false;
            worker.slabs().budget().forget(this);
        }
    }
}
