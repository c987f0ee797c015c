package io.sluice.upstream;

import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.TransportStages;
import org.jspecify.annotations.Nullable;

/**
 * What makes two connections to one address different, so that they cannot stand for each other: with the address the
 * key of an idle connection, and of a TLS session that is resumed. Made at load.
 *
 * @param protocol what is spoken on it, as {@code http}; never shown to a peer
 * @param tlsName the name that is asked for and verified; null without TLS
 * @param certificate which one of ours is shown, by a name that the TLS provider gives it; null for none
 * @param how the socket is made, with the local address
 * @param stages what stands between the socket and the consumer
 */
public record Reach(
        String protocol,
        @Nullable String tlsName,
        @Nullable String certificate,
        OutgoingOptions how,
        TransportStages stages) {
    /** Without TLS, without stages, and from wherever the system likes. */
    public static Reach plain(String protocol) {
        return plain(protocol, OutgoingOptions.DEFAULT, TransportStages.NONE);
    }

    /** Without TLS. */
    public static Reach plain(String protocol, OutgoingOptions how, TransportStages stages) {
        return new Reach(protocol, null, null, how, stages);
    }

    /** The same from another local address. */
    public Reach with(OutgoingOptions other) {
        return new Reach(protocol, tlsName, certificate, other, stages);
    }
}
