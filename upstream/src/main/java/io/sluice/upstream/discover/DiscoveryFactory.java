package io.sluice.upstream.discover;

/**
 * Makes the source of one upstream's peers.
 *
 * @param <R> the settings, read from the upstream's {@code discover}
 */
@FunctionalInterface
public interface DiscoveryFactory<R extends Record> {
    /**
     * Called at load, once for each upstream.
     *
     * @param configured what stands in {@code servers}, with the addresses that their names have now
     */
    Discovery create(String upstream, PeerSet configured, R settings);
}
