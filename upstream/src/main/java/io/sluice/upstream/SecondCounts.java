package io.sluice.upstream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How often something happened in each of the last seconds.
 *
 * <p><b>Thread:</b> one counts, at the cost of a plain write; any may read what had been counted when it learnt of the
 * event it asks for.
 */
final class SecondCounts {
    /** Seconds that are remembered, the present one included. */
    static final int WINDOW = 10;

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int CELLS = 16;
    private static final int COUNT_BITS = 24;
    private static final long MOST = (1L << COUNT_BITS) - 1;

    /** The number of a second and its count in one value, so that no reader meets a half of each. */
    private final long[] cells = new long[CELLS];

    /** @param second monotonic, not before the last one */
    void add(long second) {
        int index = (int) second & CELLS - 1;
        long cell = cells[index];
        if (cell >>> COUNT_BITS != second) {
            cell = second << COUNT_BITS;
        }
        if ((cell & MOST) < MOST) {
            CELL.setOpaque(cells, index, cell + 1);
        }
    }

    /** What was counted in the {@link #WINDOW} that ends with a second. */
    long upTo(long second) {
        long sum = 0;
        for (int i = 0; i < CELLS; i++) {
            long cell = (long) CELL.getOpaque(cells, i);
            long age = second - (cell >>> COUNT_BITS);
            // One that is ahead was counted by a worker whose turn began later.
            if (age < WINDOW && age > -WINDOW) {
                sum += cell & MOST;
            }
        }
        return sum;
    }
}
