package io.sluice.balance.random;

import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import io.sluice.upstream.balance.PeerRequest;

/** Which of two peers is taken, and what it has to hear to know. May use all of the request's note but its highest byte. */
interface Better {
    /** Of equals it is the second. */
    int of(PeerRequest request, int first, int second);

    /** Follows another, whose peers some of these were. */
    default void takeOver(Better former, int[] formerIndex) {}

    /** The request has taken a peer, this way or another. */
    default void taken(PeerRequest request) {}

    default void notify(PeerRequest request, PeerEvent event) {}

    default void free(PeerRequest request, Outcome outcome) {}
}
