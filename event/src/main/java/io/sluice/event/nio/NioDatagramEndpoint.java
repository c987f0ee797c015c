package io.sluice.event.nio;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.SocketType;
import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** A {@link DatagramChannel} that is connected to a peer. */
final class NioDatagramEndpoint extends NioSocket {
    private static final ByteBuffer EMPTY = ByteBuffer.allocateDirect(0);

    private final DatagramChannel channel;
    private IoFault fault = IoFault.NONE;

    NioDatagramEndpoint(NioDriver driver, DatagramChannel channel) {
        super(driver, channel);
        this.channel = channel;
    }

    @Override
    public SocketType socketType() {
        return SocketType.DATAGRAM;
    }

    @Override
    public int read(Buf into) {
        ByteBuffer room = driver().memory().writeView(into);
        int from = room.position();
        try {
            // Not read: it tells a datagram without bytes from none at all by nothing.
            if (channel.receive(room) == null) {
                return Io.AGAIN;
            }
        } catch (IOException e) {
            return failed(e);
        }
        int n = room.position() - from;
        driver().memory().filled(into, n);
        return n == 0 ? Io.EMPTY_DATAGRAM : n;
    }

    @Override
    public long readv(Chain into, long limit) {
        NioDatagrams datagrams = driver().datagrams();
        try {
            int n = datagrams.receive(channel);
            if (n < 0) {
                return Io.AGAIN;
            }
            long taken = datagrams.scatter(into, limit);
            return taken == 0 ? Io.EMPTY_DATAGRAM : taken;
        } catch (IOException e) {
            return failed(e);
        }
    }

    @Override
    public int write(Buf from) {
        int size = (int) from.size();
        if (size == 0) {
            sendEmpty();
            return 0;
        }
        try {
            int n = channel.write(driver().memory().readView(from));
            return n == 0 ? Io.AGAIN : n;
        } catch (IOException e) {
            return failed(e);
        }
    }

    @Override
    public long writev(Chain from, long limit) {
        throw new UnsupportedOperationException("datagrams are sent by sendDatagrams");
    }

    @Override
    public int sendDatagrams(Chain from, long limit) {
        NioDatagrams datagrams = driver().datagrams();
        ByteBuffer datagram = datagrams.gather(from);
        if (datagram == null) {
            fault = IoFault.MESSAGE_SIZE;
            return Io.ERROR;
        }
        if (!datagram.hasRemaining()) {
            sendEmpty();
            return 1;
        }
        try {
            return channel.write(datagram) == 0 ? Io.AGAIN : 1;
        } catch (IOException e) {
            return failed(e);
        }
    }

    /**
     * On a connected channel the JDK makes no call to the system for a datagram without bytes. So it goes from another one that has the same
     * port for a moment; what the peer sends meanwhile comes here, for a connected socket is before others. A system that does not let two
     * sockets have one port loses it, as datagrams may be lost anywhere.
     */
    private void sendEmpty() {
        Address to = remoteAddress();
        if (to == null) {
            return;
        }
        try (DatagramChannel beside = DatagramChannel.open(NioAddress.family(to))) {
            beside.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            boolean shares = channel.getOption(StandardSocketOptions.SO_REUSEADDR);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            try {
                beside.bind(channel.getLocalAddress());
            } finally {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, shares);
            }
            beside.send(EMPTY, NioAddress.toJdk(to));
        } catch (IOException lost) {
            return;
        }
    }

    @Override
    public long sendFile(Buf from, long limit) {
        throw new UnsupportedOperationException("a part of a file cannot be sent in a datagram");
    }

    private int failed(IOException e) {
        fault = NioFault.of(e);
        return Io.ERROR;
    }

    @Override
    public IoFault fault() {
        return fault;
    }

    /** Nothing is sent by a connect: it has succeeded. */
    @Override
    public IoFault connectResult() {
        return IoFault.NONE;
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public void resetOnClose() {}

    @Override
    public @Nullable Address remoteAddress() {
        try {
            return NioAddress.fromJdk(channel.getRemoteAddress());
        } catch (IOException closed) {
            return null;
        }
    }
}
