package io.sluice.bench.compare;

/**
 * What a load program did and saw.
 *
 * @param requests or connections, where nothing is asked on them
 * @param bytes received
 * @param p50Micros NaN if nobody waited for an answer
 */
record Load(long requests, double seconds, long bytes, double p50Micros, double p99Micros) {

    static Load ofConnections(long count, double seconds) {
        return new Load(count, seconds, 0, Double.NaN, Double.NaN);
    }
}
