package io.sluice.http;

import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.util.Types;
import io.sluice.core.connection.BitPromise;
import io.sluice.core.cycle.CoreSettings;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Serves HTTP/1 to clients. Its section is {@code http}; other plugins extend it through {@link HttpBinder}. */
public final class HttpPlugin implements Plugin {
    @Override
    public String id() {
        return "http";
    }

    @Override
    public void configure(PluginBinder binder) {
        for (Class<?> registration : HttpExtensions.KINDS) {
            Multibinder.newSetBinder(binder.guice(), registration);
        }
        BitPromise write = binder.connectionBit("http-write");
        AtomicReference<HttpCycle> cycle = new AtomicReference<>();
        binder.perWorker(HttpWorker.KEY, context -> new HttpWorker(context, cycle.get()));
        binder.consumer(HttpConsumer.KEY)
                .withoutListen()
                .with(context -> new HttpConsumer(context.get(HttpWorker.KEY)));
        HttpBinder.of(binder)
                .settings(CoreLocationSettings.KEY)
                .settings(ReturnSettings.KEY)
                .settings(ErrorPageSettings.KEY)
                .settings(RateSettings.KEY)
                .part(ErrorPages.PART);
        binder.configuration().declare(ConnectionSettings.SETTINGS);
        for (HttpPart part : ServiceLoader.load(HttpPart.class, HttpPart.class.getClassLoader())) {
            part.configure(binder);
        }
        binder.whenBuilt(injector -> {
            HttpTree tree = new HttpTree(binder, new HttpExtensions(injector));
            HttpCycle built = tree.build(write);
            cycle.set(built);
            long memory =
                    injector.getInstance(CoreSettings.class).workerMemory().count();
            if (built.exchangeBytes() > memory) {
                binder.root()
                        .problem(
                                "worker-memory",
                                memory + " bytes are less than the " + built.exchangeBytes()
                                        + " that one exchange may need");
            }
        });
        binder.describe("http phases", () -> cycle.get().describePhases());
        binder.describe("http filters", () -> cycle.get().describeFilters());
    }

    /** What other plugins brought through Guice. */
    static <T> Set<T> all(Injector injector, Class<T> type) {
        @SuppressWarnings("unchecked")
        Key<Set<T>> key = (Key<Set<T>>) Key.get(Types.setOf(type));
        return injector.getInstance(key);
    }
}
