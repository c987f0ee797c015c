package io.sluice.sticky.learn;

import io.sluice.core.config.Settings;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.upstream.balance.UpstreamBinder;
import java.lang.invoke.MethodHandles;

/** Brings {@code sticky.learn}. */
public final class LearnPlugin implements Plugin {
    private static final Settings<LearnSettings> SETTINGS = Settings.of(MethodHandles.lookup(), LearnSettings.class);

    @Override
    public String id() {
        return "sticky.learn";
    }

    @Override
    public void configure(PluginBinder binder) {
        UpstreamBinder.of(binder)
                .stickiness("learn", SETTINGS, (upstream, settings) -> Learn.read(upstream, settings.learn()));
    }
}
