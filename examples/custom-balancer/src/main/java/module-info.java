/** Balancers of its own. */
module io.sluice.examples.balancer {
    requires io.sluice.upstream;

    provides io.sluice.core.plugin.Plugin with
            io.sluice.examples.balancer.LeastActive,
            io.sluice.examples.balancer.LeastLatency;
}
