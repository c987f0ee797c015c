package io.sluice.upstream.balance;

/** What {@link Balancer#get} found. */
public enum Choice {
    /** The request has taken a peer. */
    PEER,
    /** No peer of this group may be tried now. */
    BUSY,
    /** The balancer refuses this attempt; it counts as one that failed, of nobody. */
    DECLINED
}
