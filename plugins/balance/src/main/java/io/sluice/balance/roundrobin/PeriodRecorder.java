package io.sluice.balance.roundrobin;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Watches nginx's walk until it repeats itself. Only steps in which nothing was wrong with any peer are a period's.
 *
 * <p><b>Thread:</b> under the balancer's lock.
 */
final class PeriodRecorder {
    private final int length;
    private final long[] start;
    private int[] choices = {};
    private int recorded;
    private boolean recording;

    /** @param length of a period; 0 if it is too long to be kept */
    PeriodRecorder(int length, int peers) {
        this.length = length;
        this.start = new long[length == 0 ? 0 : peers];
    }

    /** Something was wrong with a peer. */
    void forget() {
        recording = false;
    }

    /**
     * One more step in which nothing was wrong.
     *
     * @param current weights after it
     * @return the period, if this step completed one
     */
    @Nullable
    Period step(int choice, long[] current) {
        if (length == 0) {
            return null;
        }
        if (!recording) {
            begin(current);
            return null;
        }
        choices[recorded++] = choice;
        if (recorded < length) {
            return null;
        }
        if (!Arrays.equals(start, current)) {
            // The trouble has left weights that settle only now.
            begin(current);
            return null;
        }
        recording = false;
        Period period = new Period(choices, start.clone());
        choices = new int[0];
        return period;
    }

    private void begin(long[] current) {
        if (choices.length != length) {
            choices = new int[length];
        }
        System.arraycopy(current, 0, start, 0, start.length);
        recorded = 0;
        recording = true;
    }
}
