package io.sluice.proxy;

/**
 * What there is to tell of the peers of one request, until it has been logged. Lent by the worker, so that a client between two requests
 * holds none.
 *
 * @param tries the attempts
 * @param kept of the head of the last peer that was asked
 */
record PeerReport(Tries tries, KeptHeaders kept) {
    /** As new, for the next request. */
    void reset() {
        tries.reset();
        kept.reset();
    }
}
