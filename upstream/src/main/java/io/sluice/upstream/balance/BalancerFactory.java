package io.sluice.upstream.balance;

/**
 * Makes the balancer of one group of peers, with the settings of its upstream.
 *
 * @param <R> the settings, read from the upstream's {@code balance}
 */
@FunctionalInterface
public interface BalancerFactory<R extends Record> {
    /**
     * Called once for each group: at load, and for each set of peers that replaces another.
     *
     * @throws IllegalArgumentException saying why these peers cannot be balanced so: a problem of the load, or of the set
     */
    Balancer create(Peers peers, R settings);
}
