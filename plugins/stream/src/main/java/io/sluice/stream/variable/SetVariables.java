package io.sluice.stream.variable;

import io.sluice.core.config.NameValue;
import io.sluice.core.variable.Template;
import io.sluice.stream.ServerView;
import io.sluice.stream.SessionKey;
import io.sluice.stream.StreamSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What one server sets. Immutable; the values are kept with each session. */
final class SetVariables {
    private record Entry(String name, Template<StreamSession> text) {}

    private static final SessionKey<byte[][]> VALUES = SessionKey.of("set");

    private final List<Entry> entries;

    private SetVariables(List<Entry> entries) {
        this.entries = entries;
    }

    static SetVariables read(ServerView server, List<NameValue> written) {
        List<Entry> entries = new ArrayList<>();
        for (NameValue each : written) {
            String name = name(each.name());
            if (name == null) {
                server.problem("set", "\"" + each.name() + "\" cannot be the name of a variable");
            } else {
                entries.add(new Entry(name.toLowerCase(Locale.ROOT), server.template("set", each.value())));
            }
        }
        return new SetVariables(List.copyOf(entries));
    }

    /** Without the dollar that it may be written with; null if it is no name. */
    static @Nullable String name(String written) {
        String name = written.startsWith("$") ? written.substring(1) : written;
        boolean good = !name.isEmpty()
                && name.chars()
                        .allMatch(c ->
                                c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
        return good ? name : null;
    }

    void set(StreamSession session) {
        if (entries.isEmpty()) {
            return;
        }
        byte[][] values = new byte[entries.size()][];
        session.keep(VALUES, values);
        for (int i = 0; i < values.length; i++) {
            values[i] = session.evaluate(entries.get(i).text()).toBytes();
        }
    }

    /** The last that was set under a name counts; null for one that was not set, or not yet. */
    byte @Nullable [] value(StreamSession session, String name) {
        byte[][] values = session.kept(VALUES);
        if (values != null) {
            for (int i = entries.size() - 1; i >= 0; i--) {
                if (entries.get(i).name().equals(name) && values[i] != null) {
                    return values[i];
                }
            }
        }
        return null;
    }
}
