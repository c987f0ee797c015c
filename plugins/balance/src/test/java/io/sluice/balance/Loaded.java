package io.sluice.balance;

import io.sluice.balance.roundrobin.RoundRobinPlugin;
import io.sluice.core.config.Configuration;
import io.sluice.core.config.References;
import io.sluice.core.cycle.Cycle;
import io.sluice.core.cycle.CycleLoader;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.core.time.SeededRandomness;
import io.sluice.upstream.Selection;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.Upstreams;
import io.sluice.upstream.UpstreamsPlugin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An upstream as a configuration makes it, with the balancers that ship. */
public final class Loaded {
    private Loaded() {}

    /**
     * @param balance the setting
     * @param servers elements of the setting, comma separated
     */
    public static Upstream of(String balance, String servers) {
        return of("balance = " + balance + ", servers = [" + servers + "]");
    }

    /** @param settings of the upstream */
    public static Upstream of(String settings) {
        References references = References.of(List.of(
                CycleLoader.class.getModule(), UpstreamsPlugin.class.getModule(), RoundRobinPlugin.class.getModule()));
        Configuration configuration =
                Configuration.parse("upstreams.backend { " + settings + " }", "test.conf", references);
        List<Plugin> plugins = new ArrayList<>(List.of(new UpstreamsPlugin()));
        for (Plugin plugin : Plugins.in(Objects.requireNonNull(RoundRobinPlugin.class.getClassLoader()))) {
            if (plugin.getClass().getModule() == RoundRobinPlugin.class.getModule()) {
                plugins.add(plugin);
            }
        }
        Cycle cycle = CycleLoader.load(configuration, Path.of(""), plugins, null);
        return cycle.injector().getInstance(Upstreams.class).of("backend", 0);
    }

    /** Servers at 127.0.0.1 with ports from 1 on, one for each weight. */
    public static String ofWeights(int... weights) {
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < weights.length; i++) {
            servers.append("{ address = \"127.0.0.1:")
                    .append(i + 1)
                    .append("\", weight = ")
                    .append(weights[i])
                    .append(" }, ");
        }
        return servers.toString();
    }

    /** Servers of weight 1 at 127.0.0.1 with ports from 1 on. */
    public static String servers(int count) {
        return ofWeights(IntStream.range(0, count).map(i -> 1).toArray());
    }

    public static Selection request(Upstream upstream) {
        return request(upstream, null);
    }

    public static Selection request(Upstream upstream, @Nullable String key) {
        Selection request = new Selection(new SeededRandomness(1));
        start(request, upstream, key);
        return request;
    }

    /** Begins the next one with the same. */
    public static void start(Selection request, Upstream upstream, @Nullable String key) {
        request.start(upstream);
        if (key != null) {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            request.key(bytes, bytes.length);
        }
    }
}
