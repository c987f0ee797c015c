package io.sluice.upstream.balance;

import com.google.inject.multibindings.Multibinder;
import io.sluice.core.plugin.PluginBinder;
import java.util.function.Supplier;

/** With this a plugin brings balancers, in its {@code configure}. */
public final class UpstreamBinder {
    private final PluginBinder binder;

    private UpstreamBinder(PluginBinder binder) {
        this.binder = binder;
    }

    public static UpstreamBinder of(PluginBinder binder) {
        return new UpstreamBinder(binder);
    }

    /** A balancer that only chooses; one is made for each group of peers. */
    public UpstreamBinder balancer(String name, Supplier<? extends PeerChooser> maker) {
        return balancer(name, peers -> new ChooserBalancer(maker.get()));
    }

    /** A balancer with the whole contract; one is made for each group of peers. */
    public UpstreamBinder balancer(String name, Balancer.Factory factory) {
        Multibinder.newSetBinder(binder.guice(), BalancerBinding.class)
                .addBinding()
                .toInstance(new BalancerBinding(binder.section().path(), name, factory));
        return this;
    }
}
