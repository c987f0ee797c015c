package io.sluice.stream;

import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.util.Types;
import io.sluice.core.variable.Variables;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What the plugins of one load brought to stream through Guice. */
final class StreamExtensions {
    static final List<Class<?>> KINDS = List.of(
            ContentRegistration.class, PartRegistration.class, PhaseRegistration.class, VariableRegistration.class);

    final Set<ContentRegistration> contents;
    final Set<PartRegistration> parts;
    final Set<PhaseRegistration> phases;
    private final Set<VariableRegistration> variables;

    StreamExtensions(Injector injector) {
        contents = all(injector, ContentRegistration.class);
        parts = all(injector, PartRegistration.class);
        phases = all(injector, PhaseRegistration.class);
        variables = all(injector, VariableRegistration.class);
    }

    private static <T> Set<T> all(Injector injector, Class<T> type) {
        @SuppressWarnings("unchecked")
        Key<Set<T>> key = (Key<Set<T>>) Key.get(Types.setOf(type));
        return injector.getInstance(key);
    }

    /** All variables; a name claimed twice is a problem that names both. */
    Variables<StreamSession> variables(Consumer<String> problems) {
        Variables.Claims<StreamSession> claims = new Variables.Claims<>();
        StreamVariables.claim(claims);
        variables.forEach(registration -> registration.claim().accept(claims));
        return claims.freeze(problems);
    }
}
