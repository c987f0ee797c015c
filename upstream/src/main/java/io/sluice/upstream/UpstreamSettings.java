package io.sluice.upstream;

import java.util.List;

/** One entry of {@code upstreams}. */
record UpstreamSettings(
        BalanceSettings balance,
        MethodSettings discover,
        MethodSettings health,
        KeepaliveSettings keepalive,
        QueueSettings queue,
        RetryBudgetSettings retryBudget,
        List<ServerSettings> servers) {
    UpstreamTerms terms() {
        return new UpstreamTerms(balance.key().orElse(null), keepalive, queue, retryBudget);
    }
}
