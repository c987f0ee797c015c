package io.sluice.bench.interop;

/**
 * A way to choose a peer that both servers have.
 *
 * @param path of the location whose upstream it is for, also the upstream's name
 * @param nginx its directive
 * @param sluice the setting {@code balance}
 * @param exact whether each single choice is the same; else only how often each peer is chosen
 */
record BalancingMethod(String path, String nginx, String sluice, boolean exact) {
    static final BalancingMethod[] ALL = {
        new BalancingMethod("round_robin", "", "round-robin", true),
        new BalancingMethod("ip_hash", "ip_hash;", "ip-hash", true),
        new BalancingMethod("hash", "hash $request_uri;", "{ method = hash, key = \"$request_uri\" }", true),
        new BalancingMethod(
                "consistent",
                "hash $request_uri consistent;",
                "{ method = hash, key = \"$request_uri\", consistent = on }",
                true),
        new BalancingMethod("least_conn", "least_conn;", "least-conn", true),
        new BalancingMethod("random", "random;", "random", false),
        new BalancingMethod("random_two", "random two least_conn;", "{ method = random, two = least-conn }", false),
    };
}
