package io.sluice.upstream;

import org.jspecify.annotations.Nullable;

/**
 * What holds for an upstream whatever peers it has.
 *
 * @param key what requests are balanced by, with variables; null for nothing
 */
record UpstreamTerms(
        @Nullable String key, KeepaliveSettings keepalive, QueueSettings queue, RetryBudgetSettings retryBudget) {
    /** The same without idle connections. */
    UpstreamTerms keepingNothing() {
        return new UpstreamTerms(key, keepalive.ofNone(), queue, retryBudget);
    }
}
