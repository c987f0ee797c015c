package io.sluice.stream.pass;

import io.sluice.core.config.Key;
import io.sluice.core.config.Local;
import io.sluice.core.config.Settings;
import io.sluice.core.connection.AllListenings;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.stream.HandlerFactory;
import io.sluice.stream.ServerView;
import io.sluice.stream.StreamBinder;
import io.sluice.stream.StreamLevels;
import io.sluice.stream.StreamPart;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives the clients of a server to another listening, without a connection between the two (ngx_stream_pass_module). */
public final class PassPart implements StreamPart {
    /** What a server says of it. */
    record PassSettings(@Local @Key("pass") Optional<String> to) {}

    private static final Settings<PassSettings> SETTINGS =
            Settings.of(MethodHandles.lookup(), PassSettings.class).at(StreamLevels.SERVER);

    @Override
    public void configure(PluginBinder binder) {
        StreamBinder.of(binder).settings(SETTINGS).content("pass", server -> content(server, binder));
    }

    private static @Nullable HandlerFactory content(ServerView server, PluginBinder binder) {
        String written = server.read(SETTINGS).to().orElse("");
        PassTarget target = PassTarget.read(server, written, binder::passes);
        if (target == null) {
            return null;
        }
        return worker -> new PassHandler(target, worker.service(AllListenings.class));
    }
}
