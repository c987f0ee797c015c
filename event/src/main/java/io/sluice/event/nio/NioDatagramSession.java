package io.sluice.event.nio;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Io;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.SharedEndpoint;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A client that sends datagrams, known by its address. */
final class NioDatagramSession extends SharedEndpoint {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final NioDatagramSource source;
    private final SocketAddress client;
    private @Nullable ByteBuffer current;
    private IoFault fault = IoFault.NONE;
    private boolean released;

    NioDatagramSession(NioDatagramSource source, SocketAddress client, Departure whenLeft) {
        super(whenLeft);
        this.source = source;
        this.client = client;
    }

    SocketAddress client() {
        return client;
    }

    void current(@Nullable ByteBuffer datagram) {
        current = datagram;
    }

    @Override
    public int read(Buf into) {
        ByteBuffer datagram = current;
        if (datagram == null) {
            return Io.AGAIN;
        }
        current = null;
        int n = Math.min(datagram.remaining(), into.room());
        into.put(datagram, n);
        return n == 0 ? Io.EMPTY_DATAGRAM : n;
    }

    @Override
    public long readv(Chain into, long limit) {
        ByteBuffer datagram = current;
        if (datagram == null) {
            return Io.AGAIN;
        }
        current = null;
        long moved = 0;
        for (Chain link = into; link != null && datagram.hasRemaining() && moved < limit; link = link.next()) {
            int n = (int) Math.min(Math.min(datagram.remaining(), link.buf().room()), limit - moved);
            link.buf().put(datagram, n);
            moved += n;
        }
        return moved == 0 ? Io.EMPTY_DATAGRAM : moved;
    }

    @Override
    public int write(Buf from) {
        int size = (int) from.size();
        ByteBuffer bytes = size == 0 ? NOTHING : source.driver().memory().readView(from);
        return send(bytes) ? size : Io.ERROR;
    }

    @Override
    public int sendDatagrams(Chain from, long limit) {
        ByteBuffer datagram = source.driver().datagrams().gather(from);
        if (datagram == null) {
            fault = IoFault.MESSAGE_SIZE;
            return Io.ERROR;
        }
        return send(datagram) ? 1 : Io.ERROR;
    }

    /** One socket serves all clients, so nobody waits for it: what the system has no room for is lost, as it may be anywhere. */
    private boolean send(ByteBuffer datagram) {
        int size = datagram.remaining();
        try {
            if (source.socket().channel().send(datagram, client) < size) {
                source.countUnsent();
            }
            return true;
        } catch (IOException e) {
            fault = NioFault.of(e);
            return false;
        }
    }

    @Override
    public IoFault fault() {
        return fault;
    }

    @Override
    public @Nullable Address remoteAddress() {
        return NioAddress.fromJdk(client);
    }

    /** Of a wildcard it is not known more exactly. */
    @Override
    public @Nullable Address localAddress() {
        return source.socket().address();
    }

    @Override
    protected void release() {
        if (!released) {
            released = true;
            source.socket().release();
        }
    }
}
