package io.sluice.http;

import com.google.inject.Injector;
import io.sluice.core.variable.Variables;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What the plugins of one load brought to HTTP through Guice. */
final class HttpExtensions {
    static final List<Class<?>> KINDS = List.of(
            ContentRegistration.class,
            FallbackRegistration.class,
            PartRegistration.class,
            SettingsRegistration.class,
            PhaseRegistration.class,
            FilterRegistration.class,
            VariableRegistration.class,
            ReserveRegistration.class,
            FilterReserveRegistration.class,
            FileSenderRegistration.class);

    final Set<ContentRegistration> contents;
    final Set<FallbackRegistration> fallbacks;
    final Set<PartRegistration> parts;
    final Set<SettingsRegistration> settings;
    final Set<PhaseRegistration> phases;
    final Set<FilterRegistration> filters;
    private final Set<VariableRegistration> variables;
    private final Set<ReserveRegistration> reserves;
    private final Set<FilterReserveRegistration> filterReserves;
    private final Set<FileSenderRegistration> fileSenders;

    HttpExtensions(Injector injector) {
        contents = HttpPlugin.all(injector, ContentRegistration.class);
        fallbacks = HttpPlugin.all(injector, FallbackRegistration.class);
        parts = HttpPlugin.all(injector, PartRegistration.class);
        settings = HttpPlugin.all(injector, SettingsRegistration.class);
        phases = HttpPlugin.all(injector, PhaseRegistration.class);
        filters = HttpPlugin.all(injector, FilterRegistration.class);
        variables = HttpPlugin.all(injector, VariableRegistration.class);
        reserves = HttpPlugin.all(injector, ReserveRegistration.class);
        filterReserves = HttpPlugin.all(injector, FilterReserveRegistration.class);
        fileSenders = HttpPlugin.all(injector, FileSenderRegistration.class);
    }

    /** The largest claim of a handler, since one answers, and those of all filters. */
    int reservedBytes() {
        int most = 0;
        for (ReserveRegistration reserve : reserves) {
            most = Math.max(most, reserve.bytes());
        }
        for (FilterReserveRegistration filter : filterReserves) {
            most += filter.forFiles() && fileSenders.isEmpty()
                    ? 0
                    : filter.bytes().getAsInt();
        }
        return most;
    }

    /** All variables; a name claimed twice is a problem that names both. */
    Variables<HttpRequest> variables(Consumer<String> problems) {
        Variables.Claims<HttpRequest> claims = new Variables.Claims<>();
        HttpVariables.claim(claims);
        variables.forEach(registration -> registration.claim().accept(claims));
        return claims.freeze(problems);
    }
}
