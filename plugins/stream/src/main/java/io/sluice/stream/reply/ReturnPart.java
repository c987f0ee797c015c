package io.sluice.stream.reply;

import io.sluice.core.config.Key;
import io.sluice.core.config.Local;
import io.sluice.core.config.Settings;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.variable.Template;
import io.sluice.stream.HandlerFactory;
import io.sluice.stream.ServerView;
import io.sluice.stream.StreamBinder;
import io.sluice.stream.StreamLevels;
import io.sluice.stream.StreamOutcome;
import io.sluice.stream.StreamPart;
import io.sluice.stream.StreamSession;
import java.lang.invoke.MethodHandles;
import java.util.Optional;

/** Answers each session of a server with a text and ends it (ngx_stream_return_module). */
public final class ReturnPart implements StreamPart {
    /** What a server says of it. */
    record ReturnSettings(@Local @Key("return") Optional<String> text) {}

    private static final Settings<ReturnSettings> SETTINGS =
            Settings.of(MethodHandles.lookup(), ReturnSettings.class).at(StreamLevels.SERVER);

    @Override
    public void configure(PluginBinder binder) {
        StreamBinder.of(binder).settings(SETTINGS).content("return", ReturnPart::content);
    }

    private static HandlerFactory content(ServerView server) {
        String written = server.read(SETTINGS).text().orElse("");
        Template<StreamSession> text = server.template("return", written);
        return worker -> session -> {
            new Reply(worker.pool(), session).start(text);
            return session.isOver() ? StreamOutcome.ENDED : StreamOutcome.TAKEN;
        };
    }
}
