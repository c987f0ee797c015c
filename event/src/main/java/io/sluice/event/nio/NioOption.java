package io.sluice.event.nio;

import io.sluice.core.connection.SocketOption;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import jdk.net.ExtendedSocketOptions;

/** Sets our socket options by the names the JDK has for them. */
final class NioOption {
    private NioOption() {}

    /** @return false if this platform or kind of socket does not know it, or the system refused the value */
    static boolean set(NetworkChannel channel, SocketOption option, int value) {
        try {
            return switch (option) {
                case TCP_NODELAY -> set(channel, StandardSocketOptions.TCP_NODELAY, value != 0);
                case RECEIVE_BUFFER -> set(channel, StandardSocketOptions.SO_RCVBUF, value);
                case SEND_BUFFER -> set(channel, StandardSocketOptions.SO_SNDBUF, value);
                case KEEPALIVE -> set(channel, StandardSocketOptions.SO_KEEPALIVE, value != 0);
                case KEEPALIVE_IDLE_SECONDS -> set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, value);
                case KEEPALIVE_INTERVAL_SECONDS -> set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, value);
                case KEEPALIVE_PROBES -> set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, value);
                case TCP_CORK, NOTSENT_LOWAT -> false;
            };
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException refused) {
            return false;
        }
    }

    private static <T> boolean set(NetworkChannel channel, java.net.SocketOption<T> option, T value)
            throws IOException {
        channel.setOption(option, value);
        return true;
    }
}
