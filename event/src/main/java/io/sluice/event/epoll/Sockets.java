package io.sluice.event.epoll;

import io.sluice.core.connection.SocketOption;

/** Numbers of Linux's socket calls, the same on every processor that the JVM runs on. */
final class Sockets {
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int MSG_NOSIGNAL = 0x4000;
    static final int MSG_MORE = 0x8000;
    static final int SHUT_WR = 1;

    static final int SOL_IP = 0;
    static final int IP_PKTINFO = 8;
    static final int IP_TRANSPARENT = 19;
    static final int IP_BIND_ADDRESS_NO_PORT = 24;

    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_ERROR = 4;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_KEEPALIVE = 9;
    static final int SO_REUSEPORT = 15;
    static final int SO_LINGER = 13;

    static final int SOL_TCP = 6;
    static final int TCP_DEFER_ACCEPT = 9;
    static final int TCP_FASTOPEN = 23;
    private static final int TCP_NODELAY = 1;
    private static final int TCP_CORK = 3;
    private static final int TCP_KEEPIDLE = 4;
    private static final int TCP_KEEPINTVL = 5;
    private static final int TCP_KEEPCNT = 6;
    private static final int TCP_NOTSENT_LOWAT = 25;

    static final int SOL_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;
    static final int IPV6_RECVPKTINFO = 49;
    static final int IPV6_PKTINFO = 50;
    static final int IPV6_TRANSPARENT = 75;

    private Sockets() {}

    static int level(SocketOption option) {
        return switch (option) {
            case RECEIVE_BUFFER, SEND_BUFFER, KEEPALIVE -> SOL_SOCKET;
            case TCP_NODELAY,
                    TCP_CORK,
                    KEEPALIVE_IDLE_SECONDS,
                    KEEPALIVE_INTERVAL_SECONDS,
                    KEEPALIVE_PROBES,
                    NOTSENT_LOWAT -> SOL_TCP;
        };
    }

    static int name(SocketOption option) {
        return switch (option) {
            case TCP_NODELAY -> TCP_NODELAY;
            case TCP_CORK -> TCP_CORK;
            case RECEIVE_BUFFER -> SO_RCVBUF;
            case SEND_BUFFER -> SO_SNDBUF;
            case KEEPALIVE -> SO_KEEPALIVE;
            case KEEPALIVE_IDLE_SECONDS -> TCP_KEEPIDLE;
            case KEEPALIVE_INTERVAL_SECONDS -> TCP_KEEPINTVL;
            case KEEPALIVE_PROBES -> TCP_KEEPCNT;
            case NOTSENT_LOWAT -> TCP_NOTSENT_LOWAT;
        };
    }
}
