package io.sluice.upstream;

import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.discover.Discovery;
import io.sluice.upstream.health.HealthCheck;
import io.sluice.upstream.sticky.Stickiness;
import org.jspecify.annotations.Nullable;

/**
 * What plugins make for one upstream.
 *
 * @param stickiness null where each request is for itself
 */
record UpstreamParts(
        Balancer.Factory balancer,
        Discovery discovery,
        HealthCheck health,
        @Nullable Stickiness stickiness) {}
