package io.sluice.examples.echo;

import io.sluice.core.config.Settings;
import io.sluice.core.connection.BitPromise;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import java.lang.invoke.MethodHandles;
import java.time.Duration;

/** Sends back what it receives. Listens at {@code echo.listen}. */
public final class EchoPlugin implements Plugin {
    record EchoSettings(Duration idleTimeout) {}

    @Override
    public String id() {
        return "echo";
    }

    @Override
    public void configure(PluginBinder binder) {
        EchoSettings settings = binder.settings(Settings.of(MethodHandles.lookup(), EchoSettings.class));
        BitPromise pending = binder.connectionBit("echo.pending");
        binder.consumer("echo", EchoSession.class)
                .to(() -> new Echo(pending, settings.idleTimeout().toMillis()));
    }
}
