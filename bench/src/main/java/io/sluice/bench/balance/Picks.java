package io.sluice.bench.balance;

import com.sun.management.ThreadMXBean;
import io.sluice.core.config.Configuration;
import io.sluice.core.config.References;
import io.sluice.core.cycle.CycleLoader;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.Plugins;
import io.sluice.core.time.SeededRandomness;
import io.sluice.upstream.Selection;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.Upstreams;
import io.sluice.upstream.UpstreamsPlugin;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * CPU time of this thread for a peer chosen and given back, by each balancer, with 10, 1,000 and 10,000 peers of which
 * some are busy. Not wall-clock time, so that what else runs on the machine hardly shows.
 */
final class Picks {
    private static final List<String> METHODS = List.of(
            "round-robin",
            "ip-hash",
            "{ method = hash, key = k }",
            "{ method = hash, key = k, consistent = on }",
            "least-conn",
            "least-time",
            "{ method = least-time, inflight = on }",
            "random",
            "{ method = random, two = least-conn }");
    private static final int[] SIZES = {10, 1_000, 10_000};
    private static final long ROUND_NANOS = 400_000_000;
    private static final int ROUNDS = 5;
    private static final int KEYS = 1 << 10;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final byte[][] keys = new byte[KEYS][];

    private Picks() {
        for (int i = 0; i < KEYS; i++) {
            keys[i] = ("/path/" + i).getBytes(StandardCharsets.UTF_8);
        }
    }

    public static void main(String[] arguments) {
        Picks picks = new Picks();
        System.out.println("| balancer | 10 peers | 1,000 | 10,000 |\n|---|---|---|---|");
        for (String method : METHODS) {
            StringBuilder row = new StringBuilder("| ").append(method).append(" |");
            for (int size : SIZES) {
                row.append(String.format(Locale.ROOT, " %,.0f ns |", picks.measure(method, size)));
            }
            System.out.println(row);
        }
    }

    /** The best of some rounds, after the first two. */
    private double measure(String method, int size) {
        Upstream upstream = upstream(method, size);
        Selection busy = new Selection(new SeededRandomness(2));
        busy.start(upstream);
        busy.get(1);
        Selection request = new Selection(new SeededRandomness(1));
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            double nanos = round(upstream, request);
            best = round < 2 ? best : Math.min(best, nanos);
        }
        return best;
    }

    private double round(Upstream upstream, Selection request) {
        long begin = threads.getCurrentThreadCpuTime();
        long picks = 0;
        long now;
        do {
            for (int i = 0; i < 100; i++) {
                pick(upstream, request, keys[(int) (picks++ & KEYS - 1)]);
            }
            now = threads.getCurrentThreadCpuTime();
        } while (now - begin < ROUND_NANOS);
        return (double) (now - begin) / picks;
    }

    private static void pick(Upstream upstream, Selection request, byte[] key) {
        request.start(upstream);
        request.key(key, key.length);
        if (request.get(1_000) != Choice.PEER) {
            throw new IllegalStateException("nobody");
        }
        request.tell(PeerEvent.HEADER, 1_010);
        request.free(Outcome.KEEPALIVE, 1_020);
    }

    private static Upstream upstream(String method, int size) {
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < size; i++) {
            servers.append("\"10.0.").append(i >> 8).append('.').append(i & 255).append(":80\", ");
        }
        List<Module> modules = new ArrayList<>();
        List<Plugin> plugins = new ArrayList<>();
        for (Plugin plugin : Plugins.in(Objects.requireNonNull(Picks.class.getClassLoader()))) {
            if (plugin instanceof UpstreamsPlugin || plugin.id().startsWith("balance.")) {
                plugins.add(plugin);
                modules.add(plugin.getClass().getModule());
            }
        }
        modules.add(CycleLoader.class.getModule());
        Configuration configuration = Configuration.parse(
                "upstreams.u { balance = " + method + ", servers = [" + servers + "] }",
                "picks.conf",
                References.of(modules.stream().distinct().toList()));
        return CycleLoader.load(configuration, Path.of(""), plugins, null)
                .injector()
                .getInstance(Upstreams.class)
                .of("u", 0);
    }
}
