package io.sluice.upstream.health;

/** What a check says of a peer. */
public enum PeerHealth {
    /** Requests may be given to it, as far as failures allow. Every peer is well until something else is said. */
    WELL,
    /** No request is given to it. */
    UNWELL
}
