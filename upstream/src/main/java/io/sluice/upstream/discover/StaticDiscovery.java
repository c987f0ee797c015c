package io.sluice.upstream.discover;

/** {@code discover = static}: the servers of the configuration, which stay what they are. */
public record StaticDiscovery(PeerSet initial) implements Discovery {
    /** What {@code discover} calls it. */
    public static final String NAME = "static";
}
