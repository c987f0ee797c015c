package io.sluice.upstream;

import com.google.inject.Binder;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.upstream.balance.BalancerBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Reads {@code upstreams}. Brings {@link Upstreams} to the injector and {@link UpstreamWorker} to each worker.
 */
public final class UpstreamsPlugin implements Plugin {
    private static final TypeLiteral<Set<BalancerBinding>> BALANCERS = new TypeLiteral<>() {};

    /** For the ServiceLoader. */
    public UpstreamsPlugin() {}

    @Override
    public String id() {
        return "upstreams";
    }

    @Override
    public void configure(PluginBinder binder) {
        Binder guice = binder.guice();
        Multibinder.newSetBinder(guice, BalancerBinding.class);
        UpstreamReader reader = UpstreamReader.read(binder.root());
        Provider<Set<BalancerBinding>> balancers = guice.getProvider(Key.get(BALANCERS));
        Provider<Upstreams> upstreams = () -> reader.build(balancers.get());
        guice.bind(Upstreams.class).toProvider(upstreams).in(Singleton.class);
        binder.consumer(KeepaliveConsumer.KEY).withoutListen().with(context -> new KeepaliveConsumer(context.pool()));
        binder.perWorker(UpstreamWorker.KEY, UpstreamWorker::new);
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
