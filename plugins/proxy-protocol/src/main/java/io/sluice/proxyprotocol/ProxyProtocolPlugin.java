package io.sluice.proxyprotocol;

import io.sluice.core.config.Range;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.plugin.ListenStage;
import io.sluice.core.plugin.PassStage;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.PluginId;
import io.sluice.core.plugin.SettingsPlace;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets every list {@code listen} ask for a PROXY protocol header in front of what clients send, and every place that passes to peers for
 * one in front of what they get.
 */
@PluginId("proxy-protocol")
public final class ProxyProtocolPlugin implements Plugin {
    /** The section of this plugin; see reference.conf. */
    record Defaults(@Range(min = 1) Duration timeout) {}

    /** The keys of an entry of {@code listen}. */
    record ListenKeys(Optional<Asked> proxyProtocol) {}

    /** {@code proxy-protocol = on}, or with a time of its own. */
    record Asked(Optional<Boolean> enabled, @Range(min = 1) Optional<Duration> timeout) {}

    /** The keys beside {@code pass}. */
    record PassKeys(Optional<HeaderVersion> proxyProtocol) {}

    private static final Settings<Defaults> DEFAULTS = Settings.of(MethodHandles.lookup(), Defaults.class);
    private static final Settings<ListenKeys> LISTEN = Settings.of(MethodHandles.lookup(), ListenKeys.class);
    private static final Settings<PassKeys> PASS = Settings.of(MethodHandles.lookup(), PassKeys.class);

    @Override
    public void configure(PluginBinder binder) {
        long timeoutMillis = binder.settings(DEFAULTS).timeout().toMillis();
        binder.stage(new ListenStage<>(
                HeaderReader.NAME,
                entry -> fromClients(entry, timeoutMillis),
                worker -> new HeaderReader(worker.pool())));
        binder.stage(new PassStage<>(
                HeaderWriter.NAME,
                place -> toPeers(place, timeoutMillis),
                true,
                worker -> new HeaderWriter(worker.pool())));
    }

    private static HeaderReader.@Nullable Wanted fromClients(Section entry, long timeoutMillis) {
        return LISTEN.read(entry)
                .proxyProtocol()
                .filter(asked -> asked.enabled().orElse(true))
                .map(asked -> new HeaderReader.Wanted(
                        asked.timeout().map(Duration::toMillis).orElse(timeoutMillis)))
                .orElse(null);
    }

    private static HeaderWriter.@Nullable Wanted toPeers(SettingsPlace place, long timeoutMillis) {
        return place.read(PASS)
                .proxyProtocol()
                .filter(version -> version != HeaderVersion.OFF)
                .map(version -> new HeaderWriter.Wanted(version, timeoutMillis))
                .orElse(null);
    }
}
