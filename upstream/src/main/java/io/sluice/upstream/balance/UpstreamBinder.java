package io.sluice.upstream.balance;

import com.google.inject.multibindings.Multibinder;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.upstream.discover.DiscoveryBinding;
import io.sluice.upstream.discover.DiscoveryFactory;
import io.sluice.upstream.health.HealthBinding;
import io.sluice.upstream.health.HealthFactory;
import io.sluice.upstream.sticky.StickinessBinding;
import io.sluice.upstream.sticky.StickinessFactory;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** With this a plugin brings balancers, sources of peers, checks of their health and ways to be sticky, in its {@code configure}. */
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

    /** A source of peers, with settings that stand in {@code discover} beside {@code method}. */
    public <R extends Record> UpstreamBinder discovery(String name, Settings<R> settings, DiscoveryFactory<R> factory) {
        return discovery(
                name, (upstream, configured, section) -> factory.create(upstream, configured, settings.read(section)));
    }

    /** A source of peers without settings. */
    public UpstreamBinder discovery(String name, DiscoveryBinding.Maker maker) {
        Multibinder.newSetBinder(binder.guice(), DiscoveryBinding.class)
                .addBinding()
                .toInstance(new DiscoveryBinding(binder.section().path(), name, maker));
        return this;
    }

    /** A check of peers, with settings that stand in {@code health} beside {@code method}. */
    public <R extends Record> UpstreamBinder health(String name, Settings<R> settings, HealthFactory<R> factory) {
        return health(name, (upstream, section) -> factory.create(upstream, settings.read(section)));
    }

    /** A check of peers without settings. */
    public UpstreamBinder health(String name, HealthBinding.Maker maker) {
        Multibinder.newSetBinder(binder.guice(), HealthBinding.class)
                .addBinding()
                .toInstance(new HealthBinding(binder.section().path(), name, maker));
        return this;
    }

    /**
     * A way to make the requests of one client go to one peer. Its settings stand in an upstream's {@code sticky} under its name: the record
     * has one component, which is called so.
     */
    public <R extends Record> UpstreamBinder stickiness(
            String name, Settings<R> settings, StickinessFactory<R> factory) {
        Multibinder.newSetBinder(binder.guice(), StickinessBinding.class)
                .addBinding()
                .toInstance(new StickinessBinding(
                        binder.section().path(),
                        name,
                        (upstream, section) -> factory.create(upstream, settings.read(section))));
        return this;
    }
}
