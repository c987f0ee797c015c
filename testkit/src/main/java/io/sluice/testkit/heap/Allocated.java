package io.sluice.testkit.heap;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Counts what the current thread puts on the heap.
 *
 * <p><b>Thread:</b> the test's.
 */
public final class Allocated {
    private static final int ROUNDS = 5;

    private Allocated() {}

    /**
     * Bytes that running it once allocates, when it has run often enough before to be compiled. The least of some rounds: what the JVM
     * does once, as linking a call, is not what is asked for.
     */
    public static long by(Runnable steady) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            steady.run();
            least = Math.min(least, thread.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
