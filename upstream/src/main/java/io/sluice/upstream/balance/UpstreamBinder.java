package io.sluice.upstream.balance;

import com.google.inject.multibindings.Multibinder;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.plugin.PluginBinder;
import java.util.Set;
import java.util.function.Function;
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

    /**
     * A balancer with the whole contract; one is made for each group of peers.
     *
     * @param refused what it cannot respect: a server that is given it is refused at load
     */
    public UpstreamBinder balancer(String name, Balancer.Factory factory, ServerOption... refused) {
        return bind(name, _ -> factory, refused);
    }

    /**
     * A balancer with settings of its own, which stand in {@code balance} beside {@code method} and {@code key}. Their
     * defaults are in the plugin's reference.conf, in {@code upstreams.balance}.
     *
     * @param refused what it cannot respect: a server that is given it is refused at load
     */
    public <R extends Record> UpstreamBinder balancer(
            String name, Settings<R> settings, BalancerFactory<R> factory, ServerOption... refused) {
        return bind(
                name,
                section -> {
                    R read = settings.read(section);
                    return peers -> factory.create(peers, read);
                },
                refused);
    }

    private UpstreamBinder bind(String name, Function<Section, Balancer.Factory> maker, ServerOption... refused) {
        Multibinder.newSetBinder(binder.guice(), BalancerBinding.class)
                .addBinding()
                .toInstance(new BalancerBinding(binder.section().path(), name, maker, Set.of(refused)));
        return this;
    }
}
