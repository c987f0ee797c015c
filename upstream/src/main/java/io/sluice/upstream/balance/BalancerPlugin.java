package io.sluice.upstream.balance;

import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;

/**
 * A plugin that is a balancer and nothing else, in one class. The part of its id after the last dot is what {@code
 * balance} calls it: {@code balance.least-bytes} is {@code balance = least-bytes}.
 *
 * <p>The one instance serves all upstreams, so it keeps no state of its own.
 */
public interface BalancerPlugin extends Plugin, PeerChooser {
    @Override
    default void configure(PluginBinder binder) {
        String id = id();
        UpstreamBinder.of(binder).balancer(id.substring(id.lastIndexOf('.') + 1), () -> this);
    }
}
