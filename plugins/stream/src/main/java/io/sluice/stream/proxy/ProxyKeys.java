package io.sluice.stream.proxy;

import io.sluice.core.config.Settings;
import io.sluice.core.connection.TransportStages;
import io.sluice.core.plugin.SettingsPlace;
import io.sluice.core.plugin.StageSettings;
import io.sluice.stream.ServerView;
import io.sluice.stream.StreamLevels;

/**
 * What stands in the group {@code proxy} of a server, inherited keys included.
 *
 * @param stages what transport stages have there beside {@code pass}
 */
record ProxyKeys(ProxySettings settings, TransportStages stages) {
    static ProxyKeys read(ServerView server, StageSettings stages) {
        return new ProxyKeys(server.read(ProxySettings.SETTINGS), stages.ofPass(new Place(server)));
    }

    /** Where keys of stages may stand. */
    private record Place(ServerView server) implements SettingsPlace {
        @Override
        public <R extends Record> R read(Settings<R> settings) {
            return server.read(settings.under("proxy").at(StreamLevels.STREAM, StreamLevels.SERVER));
        }
    }
}
