/** A balancer of its own. */
module io.sluice.examples.balancer {
    requires io.sluice.upstream;
}
