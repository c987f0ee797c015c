package io.sluice.upstream;

import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.discover.Discovery;
import io.sluice.upstream.health.HealthCheck;

/** What plugins make for one upstream. */
record UpstreamParts(Balancer.Factory balancer, Discovery discovery, HealthCheck health) {}
