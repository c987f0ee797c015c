package io.sluice.upstream;

import io.sluice.core.connection.Address;

/** What identifies a connection to a peer: an idle one serves a request only if this is equal. */
record PeerKey(Address address, Reach reach) {
    /** As equals with such a key, which need not be made. */
    boolean matches(Address to, Reach by) {
        return (address == to || address.equals(to)) && (reach == by || reach.equals(by));
    }
}
