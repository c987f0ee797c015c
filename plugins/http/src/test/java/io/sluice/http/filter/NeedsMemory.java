package io.sluice.http.filter;

import io.sluice.core.buffer.Chain;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpBinder;
import io.sluice.http.HttpFilter;
import io.sluice.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter of some plugin, without a place of its own, that wants to see the bytes of bodies when the test says so. */
final class NeedsMemory implements Plugin {
    volatile boolean wanted;
    volatile long bytes;

    @Override
    public String id() {
        return "needs-memory";
    }

    @Override
    public void configure(PluginBinder binder) {
        HttpBinder.of(binder).filter("needs-memory", (_, next) -> new Seeing(next), List.of(), List.of());
    }

    private final class Seeing extends HttpFilter {
        private Seeing(HttpFilter next) {
            super(next);
        }

        @Override
        public FilterResult header(HttpRequest request) {
            if (wanted) {
                request.needInMemory();
            }
            return below().header(request);
        }

        @Override
        public FilterResult body(HttpRequest request, @Nullable Chain in) {
            for (Chain link = in; wanted && link != null; link = link.next()) {
                if (link.buf().size() > 0) {
                    // Throws if it is in a file.
                    link.buf().get(link.buf().pos());
                    bytes += link.buf().size();
                }
            }
            return below().body(request, in);
        }
    }
}
