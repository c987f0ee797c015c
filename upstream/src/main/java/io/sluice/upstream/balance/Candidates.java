package io.sluice.upstream.balance;

/**
 * The peers of a group as one request meets them. All of them, also those it may not try: the index of a peer means the
 * same for every request, so that a hash always finds the same one.
 */
public interface Candidates extends Peers {
    /**
     * Whether the request may try it: not down, not resting after failures, not full, not tried by this request before.
     */
    boolean mayTry(int index);
}
