package io.sluice.event.spi;

/** What not every driver can do. Asking for one that the chosen driver lacks is an error at load. */
public enum Capability {
    /** Several workers accept from one listening socket; without it one accepts for all. */
    SHARED_ACCEPT,
    /** {@link io.sluice.core.connection.SocketOption#TCP_CORK}. */
    CORK,
    NOTSENT_LOWAT,
    /** {@link io.sluice.core.connection.ListenOptions#reusePort}. */
    REUSE_PORT,
    /** {@link io.sluice.core.connection.ListenOptions#deferred}. */
    DEFERRED_ACCEPT,
    /** {@link io.sluice.core.connection.ListenOptions#fastOpen}. */
    FAST_OPEN,
    /** An IPv6 wildcard leaves the port free for IPv4; without it IPv4 clients can only be turned away when they have been accepted. */
    IPV6_ONLY,
    UNIX_SOCKETS,
    ABSTRACT_UNIX_SOCKETS,
    /** {@link io.sluice.core.connection.OutgoingOptions#transparent}. */
    TRANSPARENT,
    /** Datagrams over unix sockets. */
    UNIX_DATAGRAMS,
    /** Many datagrams move with one system call; without it each takes one. */
    DATAGRAM_BATCH,
    /** Tells which of our addresses a datagram was sent to; without it the system chooses the one that the answer comes from. */
    DATAGRAM_DESTINATION,
    /** Tells that the other side has ended its stream while bytes are unread. */
    PEER_CLOSE_EVENT
}
