package io.sluice.event.spi;

/** What not every driver can do. Asking for one that the chosen driver lacks is an error at load. */
public enum Capability {
    /** Several workers accept from one listening socket; without it one accepts for all. */
    SHARED_ACCEPT,
    /** {@link io.sluice.core.connection.SocketOption#TCP_CORK}. */
    CORK,
    NOTSENT_LOWAT,
    UNIX_SOCKETS,
    ABSTRACT_UNIX_SOCKETS,
    /** Tells that the other side has ended its stream while bytes are unread. */
    PEER_CLOSE_EVENT
}
