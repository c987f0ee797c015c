package io.sluice.proxy;

import com.google.inject.Provider;
import io.sluice.core.connection.TransportStages;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.StageSettings;
import io.sluice.http.ContentFactory;
import io.sluice.http.HttpBinder;
import io.sluice.http.LocationPart;
import io.sluice.http.LocationView;
import io.sluice.upstream.Upstreams;

/** Answers locations that carry {@code proxy.pass} with what a peer of an upstream answers (ngx_http_proxy_module). */
public final class ProxyPlugin implements Plugin {
    /** What the head for the peer may take beside the two buffers that are settings, at their largest. */
    private static final int RESERVED_BYTES = 2 * 64 * 1024;

    /** What a sticky upstream may tell the client to keep, and another time if that of the next attempt is longer. */
    private static final int KEPT_BYTES = 2 * 4096;

    @Override
    public String id() {
        return "proxy";
    }

    @Override
    public void configure(PluginBinder binder) {
        Provider<Upstreams> upstreams = binder.guice().getProvider(Upstreams.class);
        Provider<StageSettings> settings = binder.guice().getProvider(StageSettings.class);
        // Of every location: what http or a server says for all of them must be right also where nobody is proxied.
        LocationPart<TransportStages> stages = LocationPart.of(location -> Reaching.stages(location, settings.get()));
        WantedHeaders wanted = new WantedHeaders();
        binder.perWorker(ProxyWorker.KEY, context -> new ProxyWorker(context, wanted));
        binder.consumer(ProxyConsumer.KEY).withoutListen().to(ProxyConsumer::new);
        HttpBinder http = HttpBinder.of(binder);
        ProxyVariables.add(http, wanted);
        PassVariables.add(http);
        http.settings(ProxySettings.KEY)
                .part(stages)
                .content(
                        "proxy",
                        location ->
                                content(location, new PassReader(upstreams.get(), stages, binder::connects, wanted)))
                .reserve(RESERVED_BYTES)
                .filterReserve(() -> keptBytes(upstreams.get()))
                .filterReserve(wanted::reservedBytes);
    }

    private static int keptBytes(Upstreams upstreams) {
        return upstreams.all().stream().anyMatch(upstream -> upstream.stickiness() != null) ? KEPT_BYTES : 0;
    }

    private static ContentFactory content(LocationView location, PassReader reader) {
        ProxyConf conf = reader.read(location);
        return worker -> {
            if (conf == null) {
                throw new IllegalStateException("a location that was refused is not served");
            }
            return new ProxyHandler(worker.get(ProxyWorker.KEY), conf);
        };
    }
}
