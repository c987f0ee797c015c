package io.sluice.examples.echo;

import static java.lang.invoke.MethodHandles.lookup;

import io.sluice.core.config.Settings;
import io.sluice.core.connection.BitPromise;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.PluginId;
import java.time.Duration;

/** Sends back what it receives, at {@code echo.listen}. */
@PluginId("echo")
public final class EchoPlugin implements Plugin {
    /** @param idleTimeout see reference.conf */
    record EchoSettings(Duration idleTimeout) {}

    @Override
    public void configure(PluginBinder binder) {
        EchoSettings settings = binder.settings(Settings.of(lookup(), EchoSettings.class));
        BitPromise pending = binder.connectionBit("echo.pending");
        binder.consumer("echo", EchoSession.class).datagrams().to(() -> new Echo(pending, settings));
    }
}
