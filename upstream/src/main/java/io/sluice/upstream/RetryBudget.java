package io.sluice.upstream;

import java.util.concurrent.CopyOnWriteArrayList;

/**
 * How many attempts beyond the first of each request an upstream may cause, so that peers in trouble do not get many
 * times the load they are in trouble under. Counted over all workers and the last {@link SecondCounts#WINDOW} seconds.
 *
 * <p><b>Thread:</b> any. Requests that need no second attempt cost one plain count of their worker; the sums are made
 * when somebody asks for another attempt.
 */
final class RetryBudget {
    private final RetryBudgetSettings settings;
    private final CopyOnWriteArrayList<SecondCounts> requests = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private final SecondCounts retries = new SecondCounts();
    private long refusedSecond = -1;

    RetryBudget(RetryBudgetSettings settings) {
        this.settings = settings;
    }

    /** A worker that will count its requests. */
    SecondCounts join() {
        SecondCounts counts = new SecondCounts();
        requests.add(counts);
        return counts;
    }

    void leave(SecondCounts counts) {
        requests.remove(counts);
    }

    /** Counts a further attempt if it may be made. */
    boolean take(long nowSecond) {
        if (!settings.enabled()) {
            return true;
        }
        long first = 0;
        for (SecondCounts counts : requests) {
            first += counts.upTo(nowSecond);
        }
        long most = first * settings.percent() / 100 + (long) settings.atLeastPerSecond() * SecondCounts.WINDOW;
        synchronized (lock) {
            if (retries.upTo(nowSecond) >= most) {
                return false;
            }
            retries.add(nowSecond);
            return true;
        }
    }

    /** Whether a refusal is to be told: one a second is enough. */
    boolean isNews(long nowSecond) {
        synchronized (lock) {
            boolean news = refusedSecond != nowSecond;
            refusedSecond = nowSecond;
            return news;
        }
    }
}
