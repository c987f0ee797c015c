package io.sluice.upstream;

import io.sluice.core.connection.Address;
import org.jspecify.annotations.Nullable;

/**
 * What makes two connections to one address different, so that they cannot stand for each other: with the address the
 * key of an idle connection, and of a TLS session that is resumed. Made at load.
 *
 * @param protocol what is spoken on it, as {@code http}; never shown to a peer
 * @param tlsName the name that is asked for and verified; null without TLS
 * @param certificate which one of ours is shown, by a name that the TLS provider gives it; null for none
 * @param local the address to bind to; null for the system's choice
 */
public record Reach(
        String protocol,
        @Nullable String tlsName,
        @Nullable String certificate,
        @Nullable Address local) {
    /** Without TLS, and from wherever the system likes. */
    public static Reach plain(String protocol) {
        return new Reach(protocol, null, null, null);
    }
}
