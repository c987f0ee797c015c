package io.sluice.stream;

import com.google.inject.multibindings.Multibinder;
import io.sluice.core.connection.BitPromise;
import io.sluice.core.cycle.CoreSettings;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;

/** Serves sessions of bytes. Its section is {@code stream}; other plugins extend it through {@link StreamBinder}. */
public final class StreamPlugin implements Plugin {
    @Override
    public String id() {
        return "stream";
    }

    @Override
    public void configure(PluginBinder binder) {
        for (Class<?> registration : StreamExtensions.KINDS) {
            Multibinder.newSetBinder(binder.guice(), registration);
        }
        BitPromise write = binder.connectionBit("stream-write");
        AtomicReference<StreamCycle> cycle = new AtomicReference<>();
        binder.perWorker(StreamWorker.KEY, context -> new StreamWorker(context, cycle.get()));
        binder.consumer(StreamConsumer.KEY)
                .withoutListen()
                .datagrams()
                .with(context -> new StreamConsumer(context.get(StreamWorker.KEY)));
        StreamBinder.of(binder).settings(ServerSettings.SETTINGS).settings(StreamTree.ORDER);
        for (StreamPart part : ServiceLoader.load(StreamPart.class, StreamPart.class.getClassLoader())) {
            part.configure(binder);
        }
        binder.whenBuilt(injector -> {
            StreamCycle built = new StreamTree(binder, new StreamExtensions(injector)).build(write);
            cycle.set(built);
            long memory =
                    injector.getInstance(CoreSettings.class).workerMemory().count();
            if (built.sessionBytes() > memory) {
                binder.root()
                        .problem(
                                "worker-memory",
                                memory + " bytes are less than the " + built.sessionBytes()
                                        + " that one session may need");
            }
        });
        binder.describe("stream phases", () -> cycle.get().describePhases());
    }
}
