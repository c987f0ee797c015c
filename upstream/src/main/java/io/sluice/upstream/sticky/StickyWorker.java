package io.sluice.upstream.sticky;

/**
 * The part of a {@link Stickiness} that lives on one worker. It hears of every attempt of every request of its upstream there. What it
 * throws is told in the log and is no hindrance to the request.
 *
 * <p><b>Thread:</b> the worker's, so its fields need no lock.
 */
public interface StickyWorker extends AutoCloseable {
    /**
     * An attempt begins: says by {@link StickyRequest#want(byte[], int)} which server it should get, or nothing. That one is asked before
     * the balancer; if it may not be had, the balancer chooses.
     */
    void wish(StickyRequest request);

    /** The attempt has got a peer, the one it wished for or another: {@link StickyRequest#sid} says which. It may still fail. */
    default void taken(StickyRequest request) {}

    /** The peer has answered: its head is there, to be asked for by texts. */
    default void answered(StickyRequest request) {}

    /**
     * The peer that has answered is given back, and neither has it failed nor was its answer to ask another. Of the answer's head nothing is
     * left by now.
     */
    default void served(StickyRequest request) {}

    /** The worker leaves the cycle. */
    @Override
    default void close() {}
}
