package io.sluice.gzip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The compressors of one worker that no response uses, by level. Keeps some, since making one costs more than a small response; a rush
 * need not be remembered.
 *
 * <p><b>Thread:</b> the worker's. <b>Owns</b> the native memory of those it keeps; after {@link #close} it keeps none, and those that are
 * given back later end at once.
 */
final class CompressorPool implements AutoCloseable {
    /** Idle ones of all levels together: 4.5 MB. */
    static final int MOST_KEPT = 16;

    private static final int LEVELS = 10;

    private final List<ArrayDeque<Compressor>> idle = new ArrayList<>(LEVELS);
    private int kept;
    private int lent;
    private boolean closed;

    CompressorPool() {
        for (int i = 0; i < LEVELS; i++) {
            idle.add(new ArrayDeque<>(0));
        }
    }

    /** @return one that is now the caller's, until {@link #giveBack} */
    Compressor take(int level) {
        Compressor found = idle.get(level).pollLast();
        if (found == null) {
            found = new Compressor(level);
        } else {
            kept--;
        }
        lent++;
        return found;
    }

    void giveBack(Compressor used) {
        lent--;
        if (closed || kept == MOST_KEPT) {
            used.close();
            return;
        }
        used.reset();
        idle.get(used.level()).addLast(used);
        kept++;
    }

    /** How many are in use. */
    int lent() {
        return lent;
    }

    /** How many wait to be used again. */
    int kept() {
        return kept;
    }

    @Override
    public void close() {
        closed = true;
        for (ArrayDeque<Compressor> level : idle) {
            for (Compressor each = level.pollLast(); each != null; each = level.pollLast()) {
                each.close();
            }
        }
        kept = 0;
    }
}
