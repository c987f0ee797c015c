package io.sluice.balance.roundrobin;

import io.sluice.balance.Loaded;
import io.sluice.core.config.Configuration;
import io.sluice.core.config.References;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.cycle.CycleLoader;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.Upstreams;
import io.sluice.upstream.UpstreamsPlugin;
import io.sluice.upstream.balance.UpstreamBinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An upstream as a configuration makes it, with the balancers behind it.
 *
 * @param balancers of the primary group, and of the backup group if there is one
 */
record Balanced(Upstream upstream, List<RoundRobin> balancers) {

    /** @param servers elements of the setting, comma separated */
    static Balanced of(String servers) {
        List<RoundRobin> made = new ArrayList<>();
        Plugin roundRobin = new Plugin() {
            @Override
            public String id() {
                return "balance.round-robin";
            }

            @Override
            public void configure(PluginBinder binder) {
                UpstreamBinder.of(binder).balancer("round-robin", peers -> {
                    RoundRobin balancer = new RoundRobin(peers);
                    made.add(balancer);
                    return balancer;
                });
            }
        };
        References references =
                References.of(List.of(CycleLoader.class.getModule(), UpstreamsPlugin.class.getModule()));
        Configuration configuration =
                Configuration.parse("upstreams.backend.servers = [" + servers + "]", "test.conf", references);
        Cycle cycle = CycleLoader.load(configuration, Path.of(""), List.of(new UpstreamsPlugin(), roundRobin), null);
        Upstream upstream = cycle.injector().getInstance(Upstreams.class).of("backend", 0);
        return new Balanced(upstream, made);
    }

    /** One server per weight. */
    static Balanced ofWeights(int... weights) {
        return of(Loaded.ofWeights(weights));
    }

    RoundRobin primary() {
        return balancers.getFirst();
    }

    /** Whether every group reads its choices from a period. */
    boolean isReading() {
        return balancers.stream().allMatch(RoundRobin::isReading);
    }
}
