package io.sluice.balance.roundrobin;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.upstream.balance.UpstreamBinder;

/** Brings {@code balance = round-robin}. */
public final class RoundRobinPlugin implements Plugin {
    @Override
    public String id() {
        return "balance.round-robin";
    }

    @Override
    public void configure(PluginBinder binder) {
        UpstreamBinder.of(binder).balancer("round-robin", RoundRobin::new);
    }
}
