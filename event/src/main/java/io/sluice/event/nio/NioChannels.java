package io.sluice.event.nio;

import io.sluice.core.connection.Address;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Opens sockets for connecting, and closes any kind of channel. */
final class NioChannels {
    private NioChannels() {}

    /**
     * A socket that does not block, bound to the local address if there is one.
     *
     * @throws UnsupportedOperationException if this machine has no such addresses
     * @throws IllegalArgumentException if the local address is of another family
     */
    static SocketChannel open(Address to, @Nullable Address local) throws IOException {
        SocketChannel channel = SocketChannel.open(NioAddress.family(to));
        try {
            channel.configureBlocking(false);
            if (local != null) {
                channel.bind(NioAddress.toJdk(local));
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            close(channel);
            throw e;
        }
    }

    static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException closedAnyway) {
            // The descriptor is gone whatever close answers; a failure tells only of bytes that could not be delivered.
        }
    }
}
