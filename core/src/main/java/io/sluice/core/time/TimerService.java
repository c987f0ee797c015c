package io.sluice.core.time;

/**
 * Makes the timers of one worker.
 *
 * <p><b>Thread:</b> the worker's.
 */
public interface TimerService {
    /**
     * A timer, not set.
     *
     * @param cancelable whether a stopping worker may end although it is set; it is then cancelled without a call
     */
    Timer create(TimerTask task, boolean cancelable);
}
