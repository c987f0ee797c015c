package io.sluice.balance.leasttime;

/**
 * How long one peer takes: the arithmetic of nginx's least_time, in milliseconds. Of two kinds: the average of the
 * attempts that went well, and that of the ones which are still under way, for a peer that answers no more would else
 * look as good as before.
 *
 * <p><b>Thread:</b> under the lock of {@link ResponseTimes}.
 */
final class ResponseTime {
    private static final double NEW = 0.05;
    private static final double OLD = 0.95;

    /** Peers that are slower are all as bad. */
    private static final long MOST = 5_000;

    /** Peers whose times differ by less take turns. */
    private static final long STEP = 20;

    private final long failTimeout;
    private long average;

    /** When it failed or was tried after a silence. */
    private long checked;

    private boolean known;

    // Attempts whose end is awaited: how many, since when so many, and the sum of their times at that point.
    private long inflight;
    private long inflightChanged;
    private long inflightSum;
    private long inflightAverage;

    ResponseTime(long failTimeoutMillis) {
        this.failTimeout = failTimeoutMillis;
    }

    /** nginx's moving average: 5 % of the new value, rounded to the nearest. */
    static long average(long before, long value) {
        return before == 0 ? value : (long) (0.5 + (value * NEW + before * OLD));
    }

    /** An attempt under way makes the time of those under way count. */
    void observe(long now) {
        if (inflight > 0) {
            long running = inflightSum / inflight + (now - inflightChanged);
            inflightAverage = average(inflightAverage, running);
        }
    }

    /** What one more request would take, with so many active. */
    long estimate(int active, long now) {
        long time = average;
        // Once in each time of silence it counts for half, so that a slow peer gets another chance.
        long silence = known ? now - checked : Long.MAX_VALUE;
        if (silence > failTimeout) {
            long halvings = silence / (failTimeout + 1);
            time = halvings < Long.SIZE ? time >> halvings : 0;
        }
        if (inflight > 0) {
            time = Math.max(time, inflightAverage);
        }
        time = time > MOST ? MOST : time + STEP - time % STEP;
        return time * (1L + active);
    }

    void taken(long now) {
        if (!known || now - checked > failTimeout) {
            known = true;
            checked = now;
        }
    }

    void failed(long now) {
        known = true;
        checked = now;
    }

    void measured(long millis) {
        average = average(average, millis);
    }

    /** One attempt more is under way. */
    void began(long now) {
        if (inflight > 0) {
            inflightSum += (now - inflightChanged) * inflight;
        }
        inflightChanged = now;
        inflight++;
    }

    /** One of those under way has come to its end, after so long. */
    void ended(long now, long millis) {
        if (inflight == 1) {
            inflightSum = 0;
        } else {
            inflightSum += (now - inflightChanged) * inflight - millis;
            inflightChanged = now;
        }
        inflight--;
    }
}
