package io.sluice.event.nio;

import io.sluice.core.log.IoFault;
import io.sluice.event.spi.DatagramSource;
import io.sluice.event.spi.SeededHash;
import io.sluice.event.spi.SharedEndpoint;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** A listening socket for datagrams in the selector of one driver. The JDK does not tell which of our addresses one was sent to. */
final class NioDatagramSource implements DatagramSource {
    private final NioDriver driver;
    private final NioDatagramSocket socket;
    private final NioWatch watch;
    private final NioReceiver received;
    private final long seed;
    private final boolean ipv6Only;
    private IoFault fault = IoFault.NONE;
    private long unsent;
    private boolean closed;

    NioDatagramSource(NioDriver driver, NioDatagramSocket socket, NioWatch watch, NioReceiver received, long seed) {
        this.driver = driver;
        this.socket = socket;
        this.watch = watch;
        this.received = received;
        this.seed = seed;
        this.ipv6Only = socket.isForIpv6Only();
        socket.hold();
    }

    @Override
    public int receive() {
        fault = IoFault.NONE;
        try {
            return received.receive(socket.channel(), ipv6Only);
        } catch (IOException e) {
            fault = NioFault.of(e);
            return 0;
        } finally {
            watch.awaitRead();
        }
    }

    @Override
    public IoFault fault() {
        return fault;
    }

    /** There is room for the longest that the internet protocols have. */
    @Override
    public boolean isTruncated(int datagram) {
        return false;
    }

    @Override
    public boolean isNameless(int datagram) {
        return false;
    }

    @Override
    public int hash(int datagram) {
        if (!(received.sender(datagram) instanceof InetSocketAddress sender)) {
            return 0;
        }
        long hash = SeededHash.add(seed, 0, sender.getPort());
        for (byte part : sender.getAddress().getAddress()) {
            hash = SeededHash.add(seed, hash, part);
        }
        if (sender.getAddress() instanceof Inet6Address inet6) {
            hash = SeededHash.add(seed, hash, inet6.getScopeId());
        }
        return Long.hashCode(hash);
    }

    @Override
    public boolean isOf(int datagram, SharedEndpoint session) {
        return session instanceof NioDatagramSession own && own.client().equals(received.sender(datagram));
    }

    @Override
    public SharedEndpoint open(int datagram, SharedEndpoint.Departure whenLeft) {
        socket.hold();
        return new NioDatagramSession(this, received.sender(datagram), whenLeft);
    }

    @Override
    public void deliver(int datagram, SharedEndpoint session) {
        ((NioDatagramSession) session).current(received.bytes(datagram));
    }

    @Override
    public void withdraw(SharedEndpoint session) {
        ((NioDatagramSession) session).current(null);
    }

    @Override
    public long unsent() {
        return unsent;
    }

    void countUnsent() {
        unsent++;
    }

    @Override
    public void pause() {
        watch.receiving(false);
    }

    @Override
    public boolean resume() {
        if (!closed) {
            watch.receiving(true);
        }
        return true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            watch.end();
            socket.release();
        }
    }

    // ---- for its sessions

    NioDriver driver() {
        return driver;
    }

    NioDatagramSocket socket() {
        return socket;
    }
}
