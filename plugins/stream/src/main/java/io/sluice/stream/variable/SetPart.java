package io.sluice.stream.variable;

import io.sluice.core.config.Local;
import io.sluice.core.config.NameValue;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.variable.BytesSink;
import io.sluice.stream.ServerPart;
import io.sluice.stream.StreamBinder;
import io.sluice.stream.StreamLevels;
import io.sluice.stream.StreamOutcome;
import io.sluice.stream.StreamPart;
import io.sluice.stream.StreamPhase;
import io.sluice.stream.StreamSession;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Variables of a server's own, set when its sessions begin (ngx_stream_set_module). */
public final class SetPart implements StreamPart {
    /** What a server sets, in this order. */
    record SetSettings(@Local List<NameValue> set) {}

    private static final Settings<SetSettings> SETTINGS =
            Settings.of(MethodHandles.lookup(), SetSettings.class).at(StreamLevels.SERVER);

    private static final ServerPart<SetVariables> PART = ServerPart.of(
            server -> SetVariables.read(server, server.read(SETTINGS).set()));

    @Override
    public void configure(PluginBinder binder) {
        StreamBinder stream = StreamBinder.of(binder)
                .settings(SETTINGS)
                .part(PART)
                .phase(StreamPhase.PREACCESS, "set", worker -> SetPart::handle, List.of("limit-conn"), List.of());
        for (String name : names(binder.section())) {
            stream.variable(name, (session, out) -> value(session, name, out));
        }
    }

    /** All servers' names: a text of any of them may use a name, though only those that set it have a value. */
    private static Set<String> names(Section stream) {
        Set<String> names = new TreeSet<>();
        for (Section server : stream.sections("servers")) {
            for (Section set : server.sections("set")) {
                Object written = set.has("name") ? set.value("name") : null;
                if (written instanceof com.typesafe.config.ConfigValue value) {
                    String name = SetVariables.name(String.valueOf(value.unwrapped()));
                    if (name != null) {
                        names.add(name.toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        return names;
    }

    private static StreamOutcome handle(StreamSession session) {
        session.part(PART).set(session);
        return StreamOutcome.DECLINED;
    }

    private static boolean value(StreamSession session, String name, BytesSink out) {
        byte[] value = session.part(PART).value(session, name);
        if (value == null) {
            return false;
        }
        out.put(value);
        return true;
    }
}
