package io.sluice.core.connection;

import org.jspecify.annotations.Nullable;

/**
 * Options of a listening socket; 0 leaves the system's own.
 *
 * @param socketType what is received there; the clients of a socket for datagrams are its sessions
 * @param backlog connections that the system queues
 * @param receiveBufferBytes of accepted sockets
 * @param sendBufferBytes of accepted sockets
 * @param keepalive whether the system probes silent connections; null leaves the system's own
 * @param ipv6Only whether a listener on an IPv6 wildcard leaves IPv4 alone
 * @param reusePort whether each worker has a socket of its own, between which the system shares out those who connect; without it one
 *     worker gets all that is sent to a socket for datagrams
 * @param deferred whether a connection is accepted only when its client has sent something
 * @param fastOpen how many clients may send bytes with their first packet before they are accepted
 * @param sendLowatBytes free bytes of the send buffer from which an accepted socket is writable (SO_SNDLOWAT). Linux cannot set it and
 *     the JDK does not know it: it is told at the start that it has no effect
 * @param notSentLowatBytes unsent bytes of an accepted socket above which it is not writable
 * @param fileMode who may connect to a unix socket that is a file, as chmod has it
 * @param poolBytes of the pool of each connection
 */
public record ListenOptions(
        SocketType socketType,
        int backlog,
        int receiveBufferBytes,
        int sendBufferBytes,
        @Nullable KeepaliveProbes keepalive,
        boolean ipv6Only,
        boolean reusePort,
        boolean deferred,
        int fastOpen,
        int sendLowatBytes,
        int notSentLowatBytes,
        int fileMode,
        int poolBytes) {
    private static final int EVERYBODY = 0666;
    private static final int POOL_BYTES = 512;

    /** As nginx's NGX_LISTEN_BACKLOG and connection_pool_size, with nothing else set. */
    public static final ListenOptions DEFAULT =
            new ListenOptions(SocketType.STREAM, 511, 0, 0, null, true, false, false, 0, 0, 0, EVERYBODY, POOL_BYTES);

    /** Begins with what this one says. */
    public Builder with() {
        return new Builder(this);
    }

    /** Says one option after the other. */
    public static final class Builder {
        private SocketType socketType;
        private int backlog;
        private int receiveBufferBytes;
        private int sendBufferBytes;
        private @Nullable KeepaliveProbes keepalive;
        private boolean ipv6Only;
        private boolean reusePort;
        private boolean deferred;
        private int fastOpen;
        private int sendLowatBytes;
        private int notSentLowatBytes;
        private int fileMode;
        private int poolBytes;

        private Builder(ListenOptions from) {
            socketType = from.socketType;
            backlog = from.backlog;
            receiveBufferBytes = from.receiveBufferBytes;
            sendBufferBytes = from.sendBufferBytes;
            keepalive = from.keepalive;
            ipv6Only = from.ipv6Only;
            reusePort = from.reusePort;
            deferred = from.deferred;
            fastOpen = from.fastOpen;
            sendLowatBytes = from.sendLowatBytes;
            notSentLowatBytes = from.notSentLowatBytes;
            fileMode = from.fileMode;
            poolBytes = from.poolBytes;
        }

        public Builder socketType(SocketType received) {
            socketType = received;
            return this;
        }

        public Builder backlog(int connections) {
            backlog = connections;
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

        public Builder ipv6Only(boolean only) {
            ipv6Only = only;
            return this;
        }

        public Builder reusePort(boolean reuse) {
            reusePort = reuse;
            return this;
        }

        public Builder deferred(boolean defer) {
            deferred = defer;
            return this;
        }

        public Builder fastOpen(int clients) {
            fastOpen = clients;
            return this;
        }

        public Builder sendLowat(int bytes) {
            sendLowatBytes = bytes;
            return this;
        }

        public Builder notSentLowat(int bytes) {
            notSentLowatBytes = bytes;
            return this;
        }

        public Builder fileMode(int bits) {
            fileMode = bits;
            return this;
        }

        public Builder pool(int bytes) {
            poolBytes = bytes;
            return this;
        }

        public ListenOptions build() {
            return new ListenOptions(
                    socketType,
                    backlog,
                    receiveBufferBytes,
                    sendBufferBytes,
                    keepalive,
                    ipv6Only,
                    reusePort,
                    deferred,
                    fastOpen,
                    sendLowatBytes,
                    notSentLowatBytes,
                    fileMode,
                    poolBytes);
        }
    }
}
