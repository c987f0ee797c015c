package io.sluice.core.connection;

import org.jspecify.annotations.Nullable;

/**
 * How a connection to another is made: what ngx_peer_connection_t has in {@code type, local, transparent, rcvbuf, sndbuf, so_keepalive}. A
 * value, so that it can be a part of the key of an idle connection; 0 leaves the system's own.
 *
 * @param type of the socket
 * @param local the address to come from, or null for the system's choice; with port 0 the system chooses the port when it knows the other
 *     side, so that one port can serve many of them
 * @param localPortFrom first port to come from, 0 if no range is wanted; the ports of a range are tried one after the other, each connect
 *     beginning one further
 * @param localPortTo last port of the range
 * @param transparent whether {@code local} need not be an address of this machine (IP_TRANSPARENT)
 * @param receiveBufferBytes the system's receive buffer, set before connecting
 * @param sendBufferBytes the system's send buffer, set before connecting
 * @param keepalive whether the system probes a silent connection; null leaves the system's own
 */
public record OutgoingOptions(
        SocketType type,
        @Nullable Address local,
        int localPortFrom,
        int localPortTo,
        boolean transparent,
        int receiveBufferBytes,
        int sendBufferBytes,
        @Nullable KeepaliveProbes keepalive) {
    private static final int LAST_PORT = 65_535;

    /** A stream, and nothing else said. */
    public static final OutgoingOptions DEFAULT = new OutgoingOptions(SocketType.STREAM, null, 0, 0, false, 0, 0, null);

    /** Datagrams, and nothing else said. */
    public static final OutgoingOptions DATAGRAM =
            DEFAULT.with().type(SocketType.DATAGRAM).build();

    /** @throws IllegalArgumentException for a range that is none, or beside a local address that has a port of its own */
    public OutgoingOptions {
        if (localPortFrom < 0
                || localPortTo > LAST_PORT
                || localPortFrom > localPortTo
                || localPortFrom == 0 && localPortTo != 0) {
            throw new IllegalArgumentException(
                    "local ports must be a range of 1 to 65535, are " + localPortFrom + " to " + localPortTo);
        }
        if (localPortFrom != 0 && local != null && (local.isUnix() || local.port() != 0)) {
            throw new IllegalArgumentException("a range of local ports does not go with the local address " + local);
        }
    }

    /** How many ports may be tried; 0 if no range is wanted. */
    public int localPorts() {
        return localPortFrom == 0 ? 0 : localPortTo - localPortFrom + 1;
    }

    /** Whether something is said about our own end, so that a refused address may be ours. */
    public boolean bindsLocal() {
        return local != null || localPortFrom != 0;
    }

    /** Begins with what this one says. */
    public Builder with() {
        return new Builder(this);
    }

    /** Says one option after the other. */
    public static final class Builder {
        private SocketType type;
        private @Nullable Address local;
        private int localPortFrom;
        private int localPortTo;
        private boolean transparent;
        private int receiveBufferBytes;
        private int sendBufferBytes;
        private @Nullable KeepaliveProbes keepalive;

        private Builder(OutgoingOptions from) {
            type = from.type;
            local = from.local;
            localPortFrom = from.localPortFrom;
            localPortTo = from.localPortTo;
            transparent = from.transparent;
            receiveBufferBytes = from.receiveBufferBytes;
            sendBufferBytes = from.sendBufferBytes;
            keepalive = from.keepalive;
        }

        public Builder type(SocketType carried) {
            type = carried;
            return this;
        }

        public Builder local(@Nullable Address from) {
            local = from;
            return this;
        }

        public Builder localPorts(int first, int last) {
            localPortFrom = first;
            localPortTo = last;
            return this;
        }

        public Builder transparent(boolean on) {
            transparent = on;
            return this;
        }

        public Builder receiveBuffer(int bytes) {
            receiveBufferBytes = bytes;
            return this;
        }

        public Builder sendBuffer(int bytes) {
            sendBufferBytes = bytes;
            return this;
        }

        public Builder keepalive(@Nullable KeepaliveProbes probes) {
            keepalive = probes;
            return this;
        }

        public OutgoingOptions build() {
            return new OutgoingOptions(
                    type,
                    local,
                    localPortFrom,
                    localPortTo,
                    transparent,
                    receiveBufferBytes,
                    sendBufferBytes,
                    keepalive);
        }
    }
}
