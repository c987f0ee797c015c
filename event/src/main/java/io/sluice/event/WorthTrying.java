package io.sluice.event;

/**
 * Whether to make a system call that saves others if it finds something, and is for nothing if not. What the last ones found says what the
 * next one will: a counter goes up with each that found something and down with each that did not, and where it has come to nothing only
 * one in a while is tried.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class WorthTrying {
    /** As many in a row that found nothing end it. */
    private static final int MOST = 8;

    /** One of so many is tried where it is not worth it. */
    private static final int SAMPLE = 16;

    private int worth = MOST;
    private int untried;

    boolean isTried() {
        if (worth > 0) {
            return true;
        }
        untried++;
        if (untried < SAMPLE) {
            return false;
        }
        untried = 0;
        return true;
    }

    /** @param found what the one that was tried has found: something */
    void was(boolean found) {
        if (found) {
            worth = Math.min(worth + 1, MOST);
        } else if (worth > 0) {
            worth--;
        }
    }
}
