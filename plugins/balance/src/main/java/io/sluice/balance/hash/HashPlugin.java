package io.sluice.balance.hash;

import io.sluice.core.config.Settings;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Peers;
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
                .balancer("hash", SETTINGS, HashPlugin::create, ServerOption.BACKUP, ServerOption.SLOW_START);
    }

    private static Balancer create(Peers peers, HashSettings settings) {
        if (settings.key().isEmpty()) {
            settings.here().problem("hash needs a key, as \"$request_uri\"");
        }
        return settings.consistent() ? new ConsistentHash(peers) : new KeyHash(peers);
    }
}
