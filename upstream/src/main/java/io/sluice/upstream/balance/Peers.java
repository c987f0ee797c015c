package io.sluice.upstream.balance;

import io.sluice.core.connection.Address;

/**
 * The peers of one group of an upstream, primary or backup, in the order of the configuration. Which they are never
 * changes; the counters are those of all workers together.
 *
 * <p><b>Thread:</b> any. A counter may have moved on by the time it is used.
 */
public interface Peers {
    int size();

    /** At least 1. */
    int weight(int index);

    /** Attempts that hold the peer now. */
    int active(int index);

    /** How many may hold it at once; 0 for any number. */
    int maxActive(int index);

    /** Failures that still count against it. Stays 0 where {@link #maxFails} is 0, and for an upstream of one peer. */
    int fails(int index);

    /** How many failures make it rest; 0 for never. */
    int maxFails(int index);

    /** Whether the configuration says that it is not to be used. */
    boolean isDown(int index);

    Address address(int index);

    /** As the configuration writes it; peers that one host name stands for share it. */
    String server(int index);
}
