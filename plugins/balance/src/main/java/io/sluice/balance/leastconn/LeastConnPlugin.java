package io.sluice.balance.leastconn;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.upstream.balance.UpstreamBinder;

/** Brings {@code balance = least-conn}. */
public final class LeastConnPlugin implements Plugin {
    @Override
    public String id() {
        return "balance.least-conn";
    }

    @Override
    public void configure(PluginBinder binder) {
        UpstreamBinder.of(binder).balancer("least-conn", LeastConn::new);
    }
}
