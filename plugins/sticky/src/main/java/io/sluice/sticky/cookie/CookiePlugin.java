package io.sluice.sticky.cookie;

import io.sluice.core.config.Settings;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.upstream.balance.UpstreamBinder;
import java.lang.invoke.MethodHandles;

/** Brings {@code sticky.cookie}. */
public final class CookiePlugin implements Plugin {
    private static final Settings<CookieSettings> SETTINGS = Settings.of(MethodHandles.lookup(), CookieSettings.class);

    @Override
    public String id() {
        return "sticky.cookie";
    }

    @Override
    public void configure(PluginBinder binder) {
        UpstreamBinder.of(binder).stickiness("cookie", SETTINGS, (_, settings) -> Cookie.read(settings.cookie()));
    }
}
