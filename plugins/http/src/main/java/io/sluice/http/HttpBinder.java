package io.sluice.http;

import com.google.inject.multibindings.Multibinder;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.variable.Evaluator;
import io.sluice.core.variable.SuffixEvaluator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** How a plugin extends HTTP, used in its configure: {@code HttpBinder.of(binder).content("hello", …)}. */
public final class HttpBinder {
    private final PluginBinder binder;

    private HttpBinder(PluginBinder binder) {
        this.binder = binder;
    }

    public static HttpBinder of(PluginBinder binder) {
        return new HttpBinder(binder);
    }

    /**
     * Answers the locations that carry a key.
     *
     * @param factory called once per such location while the configuration is read, then once per worker
     */
    public HttpBinder content(String key, Function<LocationView, ContentFactory> factory) {
        add(ContentRegistration.class, new ContentRegistration(key, factory));
        return this;
    }

    /**
     * Answers locations that no key has given to anybody, as nginx's static files do. Of several plugins the first that wants a location
     * has it.
     *
     * @param factory called once per such location while the configuration is read; answers null if it does not want it
     */
    public HttpBinder otherwise(String name, Function<LocationView, @Nullable ContentFactory> factory) {
        add(FallbackRegistration.class, new FallbackRegistration(name, factory));
        return this;
    }

    /** Makes something of each location. */
    public HttpBinder part(LocationPart<?> part) {
        add(PartRegistration.class, new PartRegistration(part));
        return this;
    }

    /** Reads a record for each location. */
    public HttpBinder settings(LocationSettings<?> settings) {
        binder.configuration().declare(settings.settings());
        add(SettingsRegistration.class, new SettingsRegistration(settings));
        return this;
    }

    /** Takes part in a phase; in the order of the plugins. */
    public HttpBinder phase(Phase phase, String name, ContentFactory maker) {
        return phase(phase, name, maker, List.of(), List.of());
    }

    /**
     * Takes part in a phase.
     *
     * @param before names of handlers of the same phase that come later
     * @param after names of handlers of the same phase that come first
     */
    public HttpBinder phase(Phase phase, String name, ContentFactory maker, List<String> before, List<String> after) {
        if (phase.builtIn() || phase == Phase.CONTENT) {
            throw new IllegalArgumentException("no handler can be added to the phase " + phase);
        }
        add(PhaseRegistration.class, new PhaseRegistration(phase, name, maker, before, after));
        return this;
    }

    /**
     * Adds an output filter above the chunked filter. One that names nobody it goes before or after stands between the filters copy and
     * headers: it sees bodies as they will be sent, and may change the header still.
     *
     * @param maker gets the filter below
     * @param before names of filters that see the output later
     * @param after names of filters that see it first
     */
    public HttpBinder filter(
            String name,
            BiFunction<WorkerContext, HttpFilter, HttpFilter> maker,
            List<String> before,
            List<String> after) {
        add(FilterRegistration.class, new FilterRegistration(name, maker, before, after));
        return this;
    }

    /**
     * Adds a variable. Its value is asked for each time it is used, and never kept: what several uses in one request see may differ, as
     * {@code $request_time} does. nginx keeps values for the request unless a variable says that it must not be; what that saves, a lookup
     * in a map or a regular expression, a variable here that is costly keeps itself, by {@link HttpRequest#perConnection}. Without a store
     * there is nothing to forget when a request is redirected, or when a subrequest has other values than its parent.
     */
    public HttpBinder variable(String name, Evaluator<HttpRequest> evaluator) {
        String plugin = binder.section().path();
        add(
                VariableRegistration.class,
                new VariableRegistration(plugin, claims -> claims.claim(name, plugin, evaluator)));
        return this;
    }

    /** Adds all variables that begin with a prefix. */
    public HttpBinder variables(String prefix, SuffixEvaluator<HttpRequest> family) {
        String plugin = binder.section().path();
        add(
                VariableRegistration.class,
                new VariableRegistration(plugin, claims -> claims.claimPrefix(prefix, plugin, family)));
        return this;
    }

    /** Says what an exchange of this plugin may need of the worker's memory, beside its head: the largest such claim is reserved for each. */
    public HttpBinder reserve(int bytes) {
        add(ReserveRegistration.class, new ReserveRegistration(bytes));
        return this;
    }

    /**
     * Says what a filter may need of the worker's memory for one exchange, in addition to what others do: several filters hold some of one
     * answer at once.
     *
     * @param bytes asked once the settings of all locations have been read
     */
    public HttpBinder filterReserve(IntSupplier bytes) {
        add(FilterReserveRegistration.class, new FilterReserveRegistration(bytes, false));
        return this;
    }

    /** As {@link #filterReserve}, for what is needed only where a handler {@link #sendsFiles}. */
    public HttpBinder fileReserve(IntSupplier bytes) {
        add(FilterReserveRegistration.class, new FilterReserveRegistration(bytes, true));
        return this;
    }

    /** Says that handlers of this plugin answer with parts of files: the buffers into which those may have to be read are reserved. */
    public HttpBinder sendsFiles() {
        add(
                FileSenderRegistration.class,
                new FileSenderRegistration(binder.section().path()));
        return this;
    }

    private <T> void add(Class<T> type, T registration) {
        Multibinder.newSetBinder(binder.guice(), type).addBinding().toInstance(registration);
    }
}
