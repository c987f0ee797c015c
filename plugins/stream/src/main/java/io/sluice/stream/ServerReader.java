package io.sluice.stream;

import io.sluice.core.config.Levels;
import io.sluice.core.config.Section;
import io.sluice.core.config.Settings;
import io.sluice.core.variable.Template;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one server with what every plugin wants to know of it. */
final class ServerReader implements ServerView {
    private final StreamTree tree;
    private final Levels levels;
    private final Section section;
    private final Map<ServerPart<?>, Object> parts = new HashMap<>();

    ServerReader(StreamTree tree, Levels levels, Section section) {
        this.tree = tree;
        this.levels = levels;
        this.section = section;
    }

    ServerConf read(int index) {
        ServerSettings settings = ServerSettings.SETTINGS.read(levels);
        for (PartRegistration registration : tree.extensions().parts) {
            parts.put(registration.part(), registration.part().make(this));
        }
        int preread = (int) settings.prereadBufferSize().count();
        reserve(preread);
        return new ServerConf(
                index,
                settings.tcpNodelay(),
                preread,
                settings.prereadTimeout().toMillis(),
                Map.copyOf(parts),
                content(),
                tree.logs().read(levels));
    }

    private @Nullable HandlerFactory content() {
        HandlerFactory found = null;
        String key = "";
        for (ContentRegistration registration : tree.extensions().contents) {
            if (section.has(registration.key())) {
                if (!key.isEmpty()) {
                    section.problem(registration.key(), "the server has a handler already: " + key);
                }
                key = registration.key();
                found = registration.factory().apply(this);
            }
        }
        if (key.isEmpty()) {
            section.problem("nobody is named who has its sessions: one of " + String.join(", ", tree.contentKeys()));
        }
        return found;
    }

    @Override
    public Section section() {
        return section;
    }

    @Override
    public <R extends Record> R read(Settings<R> settings) {
        return settings.read(levels);
    }

    @Override
    public <T> T part(ServerPart<T> part) {
        return part.in(parts);
    }

    @Override
    public Template<StreamSession> template(String key, String text) {
        return tree.template(text, message -> levels.problem(key, message));
    }

    @Override
    public Template<StreamSession> template(String text, Consumer<String> problem) {
        return tree.template(text, problem);
    }

    @Override
    public void problem(String key, String message) {
        levels.problem(key, message);
    }

    @Override
    public void reserve(int bytes) {
        tree.reserve(bytes);
    }
}
