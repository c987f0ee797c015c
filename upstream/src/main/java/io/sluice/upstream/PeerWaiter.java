package io.sluice.upstream;

/**
 * Who asked for a peer and was told {@link Attempt#QUEUED}: hears one of these, once, unless it gives up by {@link
 * PeerConnection#close}.
 *
 * <p><b>Thread:</b> the worker's.
 */
public interface PeerWaiter {
    /** A peer is held now: {@link PeerConnection#connect} goes on with it, and is to be called in here. */
    void peerFree();

    /** No peer came free in time, and nothing is held: as {@link Attempt#BUSY}. */
    void queueTimedOut();
}
