package io.sluice.event.nio;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams that one receive of a listening socket has brought, one call each, in memory that all listening sockets of a worker use in
 * turn.
 *
 * <p><b>Thread:</b> the driver's worker.
 */
final class NioReceiver {
    private final ByteBuffer[] bytes;
    private final @Nullable SocketAddress[] senders;

    NioReceiver(int capacity) {
        bytes = new ByteBuffer[capacity];
        senders = new SocketAddress[capacity];
        ByteBuffer all = ByteBuffer.allocateDirect(capacity * NioDatagrams.BYTES);
        for (int i = 0; i < capacity; i++) {
            bytes[i] = all.slice(i * NioDatagrams.BYTES, NioDatagrams.BYTES);
        }
    }

    /** @param ipv6Only drops what comes by IPv4: the JDK opens an IPv6 socket for both and has no option against it */
    int receive(DatagramChannel channel, boolean ipv6Only) throws IOException {
        int count = 0;
        for (int calls = 0; calls < bytes.length; calls++) {
            SocketAddress sender = channel.receive(bytes[count].clear());
            if (sender == null) {
                break;
            }
            if (ipv6Only && isIpv4(sender)) {
                continue;
            }
            bytes[count].flip();
            senders[count] = sender;
            count++;
        }
        return count;
    }

    private static boolean isIpv4(SocketAddress sender) {
        return sender instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet4Address;
    }

    /** What is left to be read of one. */
    ByteBuffer bytes(int datagram) {
        return bytes[datagram];
    }

    SocketAddress sender(int datagram) {
        return Objects.requireNonNull(senders[datagram]);
    }
}
