package io.sluice.proxyprotocol;

import io.sluice.core.connection.Proxied;
import org.jspecify.annotations.Nullable;

/** What the first bytes of a connection turned out to be. */
sealed interface Parsed {
    /** A header may have begun; more bytes tell. */
    record Incomplete() implements Parsed {}

    /** No header, or a wrong one: whatever comes after it cannot be trusted. */
    record Broken(String why) implements Parsed {}

    /**
     * A header.
     *
     * @param length so many bytes are its own
     * @param proxied null if it says nothing about a client: the connection is the proxy's own, or of a kind it cannot describe
     */
    record Whole(int length, @Nullable Proxied proxied) implements Parsed {}

    Parsed INCOMPLETE = new Incomplete();
}
