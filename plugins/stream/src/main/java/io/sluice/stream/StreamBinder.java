package io.sluice.stream;

import com.google.inject.multibindings.Multibinder;
import io.sluice.core.config.Settings;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.variable.Evaluator;
import io.sluice.core.variable.SuffixEvaluator;
import io.sluice.core.variable.Variables;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a plugin extends stream, used in its configure: {@code StreamBinder.of(binder).phase(…)}. */
public final class StreamBinder {
    private final PluginBinder binder;

    private StreamBinder(PluginBinder binder) {
        this.binder = binder;
    }

    public static StreamBinder of(PluginBinder binder) {
        return new StreamBinder(binder);
    }

    /** Makes the settings known that a part or a content handler reads, also where no server is. */
    public StreamBinder settings(Settings<?> settings) {
        binder.configuration().declare(settings);
        return this;
    }

    /**
     * Answers the servers that carry a key.
     *
     * @param factory called once per such server while the configuration is read, then once per worker; null after a problem it reported
     */
    public StreamBinder content(String key, Function<ServerView, @Nullable HandlerFactory> factory) {
        return add(ContentRegistration.class, new ContentRegistration(key, factory));
    }

    /** Makes something of each server. */
    public StreamBinder part(ServerPart<?> part) {
        return add(PartRegistration.class, new PartRegistration(part));
    }

    /** Takes part in a phase; in the order of the plugins. */
    public StreamBinder phase(StreamPhase phase, String name, HandlerFactory maker) {
        return phase(phase, name, maker, List.of(), List.of());
    }

    /**
     * Takes part in a phase.
     *
     * @param before names of handlers of the same phase that come later
     * @param after names of handlers of the same phase that come first
     */
    public StreamBinder phase(
            StreamPhase phase, String name, HandlerFactory maker, List<String> before, List<String> after) {
        if (phase == StreamPhase.CONTENT) {
            throw new IllegalArgumentException("the content of a server is bound by a key");
        }
        return add(PhaseRegistration.class, new PhaseRegistration(phase, name, maker, before, after));
    }

    /** Adds a variable. */
    public StreamBinder variable(String name, Evaluator<StreamSession> evaluator) {
        String plugin = binder.section().path();
        return claims(claims -> claims.claim(name, plugin, evaluator));
    }

    /** Adds all variables that begin with a prefix. */
    public StreamBinder variables(String prefix, SuffixEvaluator<StreamSession> family) {
        String plugin = binder.section().path();
        return claims(claims -> claims.claimPrefix(prefix, plugin, family));
    }

    private StreamBinder claims(Consumer<Variables.Claims<StreamSession>> claim) {
        return add(VariableRegistration.class, new VariableRegistration(claim));
    }

    private <T> StreamBinder add(Class<T> type, T registration) {
        Multibinder.newSetBinder(binder.guice(), type).addBinding().toInstance(registration);
        return this;
    }
}
