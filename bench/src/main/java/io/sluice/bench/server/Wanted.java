package io.sluice.bench.server;

import java.util.Optional;

/**
 * A server as a measurement wants it, the same for both sides: {@code /hello} is answered by itself, all else by the
 * origin over kept connections.
 *
 * @param nio only for Sluice: its portable driver
 * @param files what is served as files, if anything
 * @param peers an upstream of many peers for each way to choose one, if there are any
 * @param tunnel whether it only passes on the bytes of a connection to the origin, which then answers everything
 */
public record Wanted(
        int workers,
        int connections,
        boolean nio,
        Optional<StaticFiles> files,
        Optional<ManyPeers> peers,
        boolean tunnel) {

    public static final int ENOUGH_CONNECTIONS = 16_384;

    public static Wanted workers(int workers) {
        return new Wanted(workers, ENOUGH_CONNECTIONS, false, Optional.empty(), Optional.empty(), false);
    }

    public Wanted onNio() {
        return new Wanted(workers, connections, true, files, peers, tunnel);
    }

    public Wanted withConnections(int count) {
        return new Wanted(workers, count, nio, files, peers, tunnel);
    }

    public Wanted serving(StaticFiles these) {
        return new Wanted(workers, connections, nio, Optional.of(these), peers, tunnel);
    }

    public Wanted balancing(ManyPeers these) {
        return new Wanted(workers, connections, nio, files, Optional.of(these), tunnel);
    }

    public Wanted asTunnel() {
        return new Wanted(workers, connections, nio, files, peers, true);
    }
}
