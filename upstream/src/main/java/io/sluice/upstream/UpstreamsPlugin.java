package io.sluice.upstream;

import com.google.inject.Binder;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import io.sluice.core.config.Section;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.upstream.balance.BalancerBinding;
import io.sluice.upstream.discover.DiscoveryBinding;
import io.sluice.upstream.discover.StaticDiscovery;
import io.sluice.upstream.health.HealthBinding;
import io.sluice.upstream.health.PassiveHealth;
import io.sluice.upstream.sticky.StickinessBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Reads {@code upstreams}. Brings {@link Upstreams} to the injector and {@link UpstreamWorker} to each worker.
 */
public final class UpstreamsPlugin implements Plugin {
    private static final TypeLiteral<Set<BalancerBinding>> BALANCERS = new TypeLiteral<>() {};
    private static final TypeLiteral<Set<DiscoveryBinding>> SOURCES = new TypeLiteral<>() {};
    private static final TypeLiteral<Set<HealthBinding>> CHECKS = new TypeLiteral<>() {};
    private static final TypeLiteral<Set<StickinessBinding>> STICKY = new TypeLiteral<>() {};

    /** For the ServiceLoader. */
    public UpstreamsPlugin() {}

    @Override
    public String id() {
        return "upstreams";
    }

    @Override
    public void configure(PluginBinder binder) {
        Binder guice = binder.guice();
        // Not by an UpstreamBinder, which asks for the plugin's section: here that is full of names.
        Multibinder.newSetBinder(guice, DiscoveryBinding.class)
                .addBinding()
                .toInstance(new DiscoveryBinding(
                        id(), StaticDiscovery.NAME, (_, configured, _) -> new StaticDiscovery(configured)));
        Multibinder.newSetBinder(guice, HealthBinding.class)
                .addBinding()
                .toInstance(new HealthBinding(id(), PassiveHealth.NAME, (_, _) -> new PassiveHealth()));
        Multibinder.newSetBinder(guice, BalancerBinding.class);
        Multibinder.newSetBinder(guice, StickinessBinding.class);
        UpstreamReader reader = UpstreamReader.read(binder.root());
        Provider<Set<BalancerBinding>> balancers = guice.getProvider(Key.get(BALANCERS));
        Provider<Set<DiscoveryBinding>> sources = guice.getProvider(Key.get(SOURCES));
        Provider<Set<HealthBinding>> checks = guice.getProvider(Key.get(CHECKS));
        Provider<Set<StickinessBinding>> sticky = guice.getProvider(Key.get(STICKY));
        Section root = binder.root();
        Provider<Upstreams> upstreams = () -> reader.build(
                new Brought<>("balancer", root, balancers.get(), BalancerBinding::name, BalancerBinding::plugin),
                new Brought<>(
                        "source of servers", root, sources.get(), DiscoveryBinding::name, DiscoveryBinding::plugin),
                new Brought<>("check of servers", root, checks.get(), HealthBinding::name, HealthBinding::plugin),
                new Brought<>(
                        "way to be sticky", root, sticky.get(), StickinessBinding::name, StickinessBinding::plugin));
        Provider<Upstreams> all = guice.getProvider(Upstreams.class);
        guice.bind(Upstreams.class).toProvider(upstreams).in(Singleton.class);
        binder.consumer(KeepaliveConsumer.KEY).withoutListen().with(context -> new KeepaliveConsumer(context.pool()));
        binder.perWorker(UpstreamWorker.KEY, UpstreamWorker::new);
        binder.perWorker(UpstreamWatch.KEY, context -> new UpstreamWatch(context, all.get()));
        binder.startWith(UpstreamWatch.KEY);
        List<String> lines = new ArrayList<>();
        binder.describe("upstreams", () -> List.copyOf(lines));
        binder.whenBuilt(injector -> {
            for (Upstream upstream : injector.getInstance(Upstreams.class).all()) {
                lines.add(describe(upstream));
            }
        });
    }

    private static String describe(Upstream upstream) {
        StringJoiner text = new StringJoiner(", ", upstream.name() + ": ", "");
        for (Peer peer : upstream.peers()) {
            text.add(peer + " weight " + peer.weight() + (peer.isBackup() ? " backup" : "")
                    + (peer.isDown() ? " down" : peer.isDraining() ? " drain" : ""));
        }
        return text.toString();
    }
}
