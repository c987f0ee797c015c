package io.sluice.balance.leasttime;

import io.sluice.core.config.Settings;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.upstream.balance.UpstreamBinder;
import java.lang.invoke.MethodHandles;

/** Brings {@code balance = least-time}. */
public final class LeastTimePlugin implements Plugin {
    private static final Settings<LeastTimeSettings> SETTINGS =
            Settings.of(MethodHandles.lookup(), LeastTimeSettings.class);

    @Override
    public String id() {
        return "balance.least-time";
    }

    @Override
    public void configure(PluginBinder binder) {
        UpstreamBinder.of(binder).balancer("least-time", SETTINGS, LeastTime::new);
    }
}
