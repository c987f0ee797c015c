package io.sluice.stream.proxy;

import com.google.inject.Provider;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.StageSettings;
import io.sluice.stream.HandlerFactory;
import io.sluice.stream.ServerPart;
import io.sluice.stream.StreamBinder;
import io.sluice.stream.StreamOutcome;
import io.sluice.stream.StreamPart;
import io.sluice.upstream.Upstreams;
import org.jspecify.annotations.Nullable;

/** Has the sessions of servers that carry {@code proxy.pass} (ngx_stream_proxy_module). */
public final class ProxyPart implements StreamPart {
    @Override
    public void configure(PluginBinder binder) {
        Provider<Upstreams> upstreams = binder.guice().getProvider(Upstreams.class);
        Provider<StageSettings> stages = binder.guice().getProvider(StageSettings.class);
        // Of every server: what stream says for all of them must be right also where nobody is proxied.
        ServerPart<ProxyKeys> keys = ServerPart.of(server -> ProxyKeys.read(server, stages.get()));
        binder.perWorker(ProxyWorker.KEY, ProxyWorker::new);
        binder.consumer(PeerConsumer.KEY).withoutListen().to(PeerConsumer::new);
        StreamBinder stream = StreamBinder.of(binder)
                .settings(ProxySettings.SETTINGS)
                .part(keys)
                .content(
                        "proxy",
                        server ->
                                content(ProxyConf.read(server, server.part(keys), upstreams.get(), binder::connects)));
        ProxyVariables.add(stream);
    }

    private static @Nullable HandlerFactory content(@Nullable ProxyConf conf) {
        if (conf == null) {
            return null;
        }
        return context -> {
            ProxyWorker worker = context.get(ProxyWorker.KEY);
            return session -> {
                new ProxiedSession(worker, conf, session).start();
                return StreamOutcome.TAKEN;
            };
        };
    }
}
