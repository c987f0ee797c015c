package io.sluice.bench.compare;

import io.sluice.bench.server.CompilerTime;
import io.sluice.bench.server.RunningServer;
import java.util.Locale;

/**
 * Loads a server until it is as fast as it will be: after so many requests that nothing of their path can be left to compile, for the
 * compiler goes by how often a method was called, and when the compiler has had next to nothing to do for some time. Where requests are
 * few and large the time ends it.
 */
final class WarmUp {

    private static final int SLICE_SECONDS = 2;

    /** Slices in a row in which the compiler has rested. */
    private static final int QUIET_SLICES = 2;

    private static final long REQUESTS = 200_000;

    /** Of a core. */
    private static final double QUIET_SHARE = 0.01;

    private final Options options;

    WarmUp(Options options) {
        this.options = options;
    }

    void run(Traffic traffic, RunningServer server) {
        CompilerTime compiler = new CompilerTime(server);
        int seconds = 0;
        int quiet = 0;
        long requests = 0;
        double share = 1;
        while (seconds < options.warmUpSeconds() && (quiet < QUIET_SLICES || requests < REQUESTS)) {
            long before = compiler.nanos();
            requests += traffic.run(server, SLICE_SECONDS).load().requests();
            share = (compiler.nanos() - before) / (SLICE_SECONDS * 1e9);
            quiet = share < QUIET_SHARE ? quiet + 1 : 0;
            seconds += SLICE_SECONDS;
        }
        Bench.say(String.format(
                Locale.ROOT,
                "warm after %d s and %,d requests, the compiler's last share of a core: %.1f %%",
                seconds,
                requests,
                100 * share));
    }
}
