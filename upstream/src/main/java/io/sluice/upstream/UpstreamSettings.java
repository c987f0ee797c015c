package io.sluice.upstream;

import java.util.List;

/** One entry of {@code upstreams}. */
record UpstreamSettings(BalanceSettings balance, KeepaliveSettings keepalive, List<ServerSettings> servers) {
    UpstreamTerms terms() {
        return new UpstreamTerms(balance.key().orElse(null), keepalive);
    }
}
