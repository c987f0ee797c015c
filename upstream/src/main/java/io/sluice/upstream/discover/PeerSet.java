package io.sluice.upstream.discover;

import java.util.List;

/** All peers of an upstream at one moment, in their order. None is a set too: then every request finds it busy. */
public record PeerSet(List<PeerSpec> peers) {
    public PeerSet {
        peers = List.copyOf(peers);
    }
}
