package io.sluice.upstream.discover;

import org.jspecify.annotations.Nullable;

/**
 * What an upstream demands of a peer and grants it: a server of the configuration but for its address.
 *
 * @param weight how many requests it gets compared with the others, at least 1
 * @param maxActive attempts that may hold it at once; 0 for any number
 * @param maxFails failures that make it rest; 0 for never
 * @param failTimeoutMillis how long it rests, and how long failures count
 * @param slowStartMillis how long its weight takes to grow when it has come back; 0 for not at all
 * @param backup whether it belongs to the group that is asked when the first is busy
 * @param route what requests call it that want just this one; null for a digest of its address
 */
public record PeerTerms(
        int weight,
        int maxActive,
        int maxFails,
        long failTimeoutMillis,
        long slowStartMillis,
        Standing standing,
        boolean backup,
        @Nullable String route) {
    public PeerTerms {
        if (weight < 1) {
            throw new IllegalArgumentException("weight must be at least 1, is " + weight);
        }
        if (maxActive < 0 || maxFails < 0 || failTimeoutMillis < 0 || slowStartMillis < 0) {
            throw new IllegalArgumentException("no number of a peer's terms may be negative");
        }
    }
}
