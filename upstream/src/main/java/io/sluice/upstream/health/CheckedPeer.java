package io.sluice.upstream.health;

import io.sluice.core.connection.Address;

/**
 * A peer as a {@link HealthCheck} sees it.
 *
 * <p><b>Thread:</b> any.
 */
public interface CheckedPeer {
    Address address();

    /** As the configuration writes it. */
    String server();

    /**
     * Says how it is, for all workers. One that becomes well starts slowly, if its server has {@code slow-start}. Without
     * effect on a peer that its upstream has no more.
     */
    void report(PeerHealth health);
}
