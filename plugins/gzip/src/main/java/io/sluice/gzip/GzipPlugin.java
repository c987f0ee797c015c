package io.sluice.gzip;

import io.sluice.core.connection.BitPromise;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.http.HttpBinder;
import java.util.List;

/** Compresses responses where {@code gzip} is on (ngx_http_gzip_filter_module). */
public final class GzipPlugin implements Plugin {
    @Override
    public String id() {
        return "gzip";
    }

    @Override
    public void configure(PluginBinder binder) {
        BitPromise bit = binder.connectionBit("http-gzip");
        binder.perWorker(GzipWorker.KEY, context -> new GzipWorker(context, bit.get()));
        HttpBinder.of(binder)
                .settings(GzipSettings.KEY)
                .part(GzipConf.PART)
                .filter(
                        "gzip",
                        (context, below) -> new GzipFilter(context.get(GzipWorker.KEY), below),
                        List.of("range-header"),
                        List.of("postpone"));
    }
}
