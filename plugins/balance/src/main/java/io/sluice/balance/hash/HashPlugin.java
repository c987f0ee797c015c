package io.sluice.balance.hash;

import io.sluice.core.config.Settings;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.upstream.balance.ServerOption;
import io.sluice.upstream.balance.UpstreamBinder;
import java.lang.invoke.MethodHandles;

/** Brings {@code balance { method = hash, key = "…" }}. */
public final class HashPlugin implements Plugin {
    private static final Settings<HashSettings> SETTINGS = Settings.of(MethodHandles.lookup(), HashSettings.class);

    @Override
    public String id() {
        return "balance.hash";
    }

    @Override
    public void configure(PluginBinder binder) {
        UpstreamBinder.of(binder)
                .balancer(
                        "hash",
                        SETTINGS,
                        (peers, settings) -> settings.consistent() ? new ConsistentHash(peers) : new KeyHash(peers),
                        ServerOption.BACKUP,
                        ServerOption.SLOW_START);
    }
}
