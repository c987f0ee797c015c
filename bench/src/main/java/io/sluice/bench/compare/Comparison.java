package io.sluice.bench.compare;

import io.sluice.bench.server.Cores;
import io.sluice.bench.server.RunningServer;
import io.sluice.bench.server.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Both servers with the same wishes, each with an origin of its own, compared under load. A round is made of short slices in turns: what
 * slows the machine for some seconds slows both halves of a round.
 */
final class Comparison implements AutoCloseable {

    private static final int NGINX_WARM_UP_SECONDS = 2;
    private static final int SLICE_SECONDS = 1;

    private final Bench bench;
    private final Wanted wanted;
    private final List<RunningServer> origins = new ArrayList<>();
    private RunningServer theirs;
    private RunningServer own;

    Comparison(Bench bench, Wanted wanted) {
        this.bench = bench;
        this.wanted = wanted;
        boolean started = false;
        try {
            Cores cores = bench.cores();
            String serverCores = wanted.workers() > 1 ? cores.two() : cores.one();
            theirs = bench.start(bench.nginx(), wanted, origin(), serverCores);
            own = bench.start(bench.ours(), wanted, origin(), serverCores);
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /** Both may keep as many connections to it as there are descriptors for one process. */
    private int origin() {
        RunningServer origin = bench.origin(loadCores());
        origins.add(origin);
        return origin.port();
    }

    private String loadCores() {
        return wanted.workers() > 1 ? bench.cores().besideTwo() : bench.cores().besideOne();
    }

    Result measure(Scenario scenario, Traffic traffic) {
        Options options = bench.options();
        return measure(scenario, scenario.title(), traffic, options.rounds(), options.seconds());
    }

    /** One row of the table. */
    Result measure(Scenario scenario, String title, Traffic traffic, int rounds, int seconds) {
        traffic.run(theirs, NGINX_WARM_UP_SECONDS);
        new WarmUp(bench.options()).run(traffic, own);
        List<Round> all = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            Round round = round(traffic, seconds, i % 2 == 0);
            all.add(round);
            Bench.say(String.format(
                    Locale.ROOT,
                    "round %d: nginx %.2f µs, %s %.2f µs for each, ratio %.3f; %s",
                    i + 1,
                    round.nginx().micros(),
                    bench.nameOfOurs(),
                    round.ours().micros(),
                    round.ratio(),
                    round.disturbance()));
        }
        return Result.ofRounds(scenario, title, all);
    }

    private Round round(Traffic traffic, int seconds, boolean nginxFirst) {
        List<Slot> ours = new ArrayList<>();
        List<Slot> nginx = new ArrayList<>();
        boolean nginxNext = nginxFirst;
        for (int slice = 0; slice < 2 * seconds / SLICE_SECONDS; slice++) {
            if (nginxNext) {
                nginx.add(traffic.run(theirs, SLICE_SECONDS));
            } else {
                ours.add(traffic.run(own, SLICE_SECONDS));
            }
            // A B B A A B B A: none is always the one that comes after the other.
            nginxNext = slice % 2 == 0 ? !nginxNext : nginxNext;
        }
        return new Round(Slot.sum(ours), Slot.sum(nginx));
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
        if (theirs != null) {
            theirs.close();
        }
        origins.forEach(RunningServer::close);
    }
}
