package io.sluice.balance.random;

import io.sluice.core.config.Settings;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Peers;
import io.sluice.upstream.balance.ServerOption;
import io.sluice.upstream.balance.UpstreamBinder;
import java.lang.invoke.MethodHandles;

/** Brings {@code balance = random} and {@code balance { method = random, two = … }}. */
public final class RandomPlugin implements Plugin {
    private static final Settings<RandomSettings> SETTINGS = Settings.of(MethodHandles.lookup(), RandomSettings.class);

    @Override
    public String id() {
        return "balance.random";
    }

    @Override
    public void configure(PluginBinder binder) {
        UpstreamBinder.of(binder)
                .balancer("random", SETTINGS, RandomPlugin::create, ServerOption.BACKUP, ServerOption.SLOW_START);
    }

    private static Balancer create(Peers peers, RandomSettings settings) {
        return switch (settings.two()) {
            case OFF -> new RandomOne(peers);
            case LEAST_CONN -> new RandomTwo(peers, new FewerActive());
            case LEAST_TIME -> new RandomTwo(peers, new SoonerDone(peers, settings.measure(), settings.inflight()));
        };
    }
}
