package io.sluice.bench.compare;

/**
 * A server as a measurement wants it, the same for both sides: {@code /hello} is answered by itself, all else by the
 * origin over kept connections.
 *
 * @param nio only for Sluice: its portable driver
 */
record Wanted(int workers, int connections, boolean nio) {

    static final int ENOUGH_CONNECTIONS = 16_384;

    static Wanted workers(int workers) {
        return new Wanted(workers, ENOUGH_CONNECTIONS, false);
    }

    Wanted onNio() {
        return new Wanted(workers, connections, true);
    }

    Wanted withConnections(int count) {
        return new Wanted(workers, count, nio);
    }
}
