package io.sluice.bench.server;

import java.util.Optional;

/**
 * A server as a measurement wants it, the same for both sides: {@code /hello} is answered by itself, all else by the
 * origin over kept connections.
 *
 * @param nio only for Sluice: its portable driver
 * @param files what is served as files, if anything
 */
public record Wanted(int workers, int connections, boolean nio, Optional<StaticFiles> files) {

    public static final int ENOUGH_CONNECTIONS = 16_384;

    public static Wanted workers(int workers) {
        return new Wanted(workers, ENOUGH_CONNECTIONS, false, Optional.empty());
    }

    public Wanted onNio() {
        return new Wanted(workers, connections, true, files);
    }

    public Wanted withConnections(int count) {
        return new Wanted(workers, count, nio, files);
    }

    public Wanted serving(StaticFiles these) {
        return new Wanted(workers, connections, nio, Optional.of(these));
    }
}
