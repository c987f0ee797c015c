package io.sluice.balance.roundrobin;

import io.sluice.upstream.balance.Candidates;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One period of smooth weighted round robin, repeated: which peer each get chooses while nothing is wrong with any of
 * them. Several workers read on at once. When something goes wrong it is closed, once, and tells the weights that
 * nginx's walk would have come to.
 *
 * <p><b>Thread:</b> any for {@link #next}.
 */
final class Period {
    /** What {@link #next} answers after the close. */
    static final int CLOSED = -1;

    private final int[] choices;
    private final long[] start;

    /** How many have been given out; far below zero once it is closed. */
    private final AtomicLong position = new AtomicLong();

    /**
     * Takes ownership of both.
     *
     * @param choices indexes of peers, as many as the sum of weights over their greatest common divisor
     * @param start the current weights before the first choice, and again after the last
     */
    Period(int[] choices, long[] start) {
        this.choices = choices;
        this.start = start;
    }

    /** @return the index of a peer, or {@link #CLOSED} */
    int next() {
        long at = position.getAndIncrement();
        return at < 0 ? CLOSED : choices[(int) (at % choices.length)];
    }

    /**
     * Ends it. Every choice given out before counts, none is given out after.
     *
     * @param weights of all peers, 0 for one that takes no part
     * @param current where the current weights are put, in thousandths like those at the start
     */
    void close(int[] weights, long total, long[] current) {
        long given = position.getAndSet(Long.MIN_VALUE);
        int steps = (int) (given % choices.length);
        // After k steps a peer that was chosen n times has gained k times its weight and paid n times the total.
        for (int i = 0; i < weights.length; i++) {
            current[i] = start[i] + (long) steps * weights[i] * Candidates.WHOLE;
        }
        for (int i = 0; i < steps; i++) {
            current[choices[i]] -= total * Candidates.WHOLE;
        }
    }
}
