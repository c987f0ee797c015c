package io.sluice.event;

/**
 * Whether a new connection is read before it is watched. Where clients send at once this saves a wait and, for those that are answered and
 * closed at once, the registration; where they are silent, or slow to begin, it is a call for nothing. What the last ones did says what
 * the next one will do: a counter goes up with each that had sent and down with each that had not, and where it has come to nothing only
 * one in a while is tried.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class FirstRead {
    /** As many in a row that were silent end it. */
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

    /** @param found whether the client had sent something, or was gone */
    void was(boolean found) {
        if (found) {
            worth = Math.min(worth + 1, MOST);
        } else if (worth > 0) {
            worth--;
        }
    }
}
