package io.sluice.testkit.origin;

import io.sluice.testkit.wire.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address that an origin has for its whole life, also while nobody listens there. A TCP port is held by a socket that
 * is bound and never listens: connecting to it is refused, nobody else can get it, and with SO_REUSEADDR on both a
 * listener may come and go beside it.
 */
final class Port implements AutoCloseable {

    private final SocketAddress address;
    private final @Nullable SocketChannel holder;
    private final List<SocketChannel> fillers = new ArrayList<>();

    Port(SocketAddress wanted) throws IOException {
        if (wanted instanceof InetSocketAddress) {
            SocketChannel held = SocketChannel.open();
            held.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            held.bind(wanted);
            holder = held;
            address = held.getLocalAddress();
        } else {
            holder = null;
            address = wanted;
        }
    }

    SocketAddress address() {
        return address;
    }

    ServerSocketChannel listen(int backlog, int receiveBufferBytes) throws IOException {
        boolean unix = address instanceof UnixDomainSocketAddress;
        ServerSocketChannel listener =
                unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
        if (!unix) {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        }
        if (receiveBufferBytes > 0) {
            listener.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
        }
        listener.bind(address, backlog);
        return listener;
    }

    /**
     * Connects as often as the queue of a listener that nobody accepts from takes: backlog + 1 times on Linux, where the
     * queue counts as full when it is longer than the backlog. A further SYN is then dropped and not refused.
     */
    void fillQueue(int backlog) throws IOException {
        for (int i = 0; i <= backlog; i++) {
            SocketChannel filler = SocketChannel.open();
            fillers.add(filler);
            filler.socket().connect(address, Math.toIntExact(Deadline.USUAL.toMillis()));
        }
    }

    /** A unix socket leaves its file behind when its listener closes. */
    void deleteFile() throws IOException {
        if (address instanceof UnixDomainSocketAddress unix) {
            Files.deleteIfExists(unix.getPath());
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel filler : fillers) {
            filler.close();
        }
        if (holder != null) {
            holder.close();
        }
        deleteFile();
    }
}
