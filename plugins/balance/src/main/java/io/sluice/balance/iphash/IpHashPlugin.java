package io.sluice.balance.iphash;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.upstream.balance.ServerOption;
import io.sluice.upstream.balance.UpstreamBinder;

/** Brings {@code balance = ip-hash}. */
public final class IpHashPlugin implements Plugin {
    @Override
    public String id() {
        return "balance.ip-hash";
    }

    @Override
    public void configure(PluginBinder binder) {
        UpstreamBinder.of(binder).balancer("ip-hash", IpHash::new, ServerOption.BACKUP, ServerOption.SLOW_START);
    }
}
