package io.sluice.sticky.route;

import io.sluice.core.config.Settings;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.upstream.balance.UpstreamBinder;
import java.lang.invoke.MethodHandles;

/** Brings {@code sticky.route}. */
public final class RoutePlugin implements Plugin {
    private static final Settings<RouteSettings> SETTINGS = Settings.of(MethodHandles.lookup(), RouteSettings.class);

    @Override
    public String id() {
        return "sticky.route";
    }

    @Override
    public void configure(PluginBinder binder) {
        UpstreamBinder.of(binder).stickiness("route", SETTINGS, (_, settings) -> Route.read(settings));
    }
}
