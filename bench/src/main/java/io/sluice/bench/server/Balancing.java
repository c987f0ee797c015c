package io.sluice.bench.server;

/** A way to choose a peer that both servers have, with as much to do for each request. */
public enum Balancing {
    ROUND_ROBIN("round-robin", "", "round-robin"),
    LEAST_CONN("least-conn", "least_conn;", "least-conn"),
    /** By the client's port: 64 clients meet up to 64 peers, the same ones in every round. */
    HASH("hash", "hash $remote_port;", "{ method = hash, key = \"$remote_port\" }"),
    RANDOM("random", "random;", "random");

    private final String title;
    private final String nginx;
    private final String sluice;

    Balancing(String title, String nginx, String sluice) {
        this.title = title;
        this.nginx = nginx;
        this.sluice = sluice;
    }

    public String title() {
        return title;
    }

    /** The page that is proxied to peers chosen so. */
    public String path() {
        return "/" + title;
    }

    /** The name of the upstream. */
    String upstream() {
        return "by-" + title;
    }

    /** As a directive of an upstream, with its semicolon; empty for the default. */
    String nginx() {
        return nginx;
    }

    /** As the value of {@code balance}. */
    String sluice() {
        return sluice;
    }
}
