package io.sluice.core.connection;

/**
 * Options of a listening socket; 0 leaves the system's own.
 *
 * @param backlog connections that the system queues
 * @param receiveBufferBytes of accepted sockets
 * @param sendBufferBytes of accepted sockets
 * @param keepalive whether the system probes idle connections
 * @param ipv6Only whether a listener on an IPv6 wildcard leaves IPv4 alone
 */
public record ListenOptions(
        int backlog, int receiveBufferBytes, int sendBufferBytes, boolean keepalive, boolean ipv6Only) {
    /** As nginx's NGX_LISTEN_BACKLOG, with nothing else set. */
    public static final ListenOptions DEFAULT = new ListenOptions(511, 0, 0, false, true);
}
