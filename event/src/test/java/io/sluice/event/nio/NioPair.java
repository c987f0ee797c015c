package io.sluice.event.nio;

import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.buffer.Pool;
import io.sluice.core.buffer.Slabs;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.Listening;
import io.sluice.core.time.CachedTime;
import io.sluice.core.time.SystemClock;
import io.sluice.event.spi.AcceptSource;
import io.sluice.event.spi.DriverSetup;
import io.sluice.event.spi.ListenException;
import io.sluice.event.spi.ListenSocket;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A driver whose selector a test can look into, with sockets that were accepted from blocking peers. */
final class NioPair implements AutoCloseable {
    static final Address LOOPBACK = Address.inet(new byte[] {127, 0, 0, 1}, 0);
    private static final long LISTENING = -1;

    final Slabs slabs = new Slabs(new MemoryBudget(1 << 24), false);
    private final CachedTime time = new CachedTime(new SystemClock(), ZoneOffset.UTC);
    final Pool pool = slabs.pool();
    final Selector selector;
    final NioDriver driver;
    final List<SocketChannel> peers = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();

    NioPair(int resultsPerPoll) throws IOException {
        selector = Selector.open();
        driver = new NioDriver(selector, new DriverSetup(slabs.nativeAccess(), resultsPerPoll, time));
    }

    static Listening at(Address address) {
        return at(address, ListenOptions.DEFAULT);
    }

    static Listening at(Address address, ListenOptions options) {
        return new Listening(address, options, "test", null, null, "test");
    }

    static SocketAddress jdk(Address address) throws IOException {
        return NioAddress.toJdk(address);
    }

    /** An accepted socket that is not attached; its peer is the last of the peers. */
    Endpoint accept() throws IOException, ListenException {
        try (ListenSocket listening = NioListenSocket.open(at(LOOPBACK));
                AcceptSource source = driver.watch(listening, LISTENING)) {
            peers.add(SocketChannel.open(jdk(listening.address())));
            Endpoint accepted = null;
            while (accepted == null) {
                driver.poll(-1);
                accepted = source.accept();
            }
            endpoints.add(accepted);
            return accepted;
        }
    }

    Endpoint attached(long token) throws IOException, ListenException {
        Endpoint accepted = accept();
        accepted.attach(token, false);
        return accepted;
    }

    SocketChannel peer() {
        return peers.getLast();
    }

    void peerWrites(int bytes) throws IOException {
        peer().write(ByteBuffer.allocate(bytes));
    }

    void everyPeerWrites(int bytes) throws IOException {
        for (SocketChannel peer : peers) {
            peer.write(ByteBuffer.allocate(bytes));
        }
    }

    /** What the first result is that a poll reports. */
    int readinessOf(long token) {
        while (true) {
            int results = driver.poll(-1);
            for (int i = 0; i < results; i++) {
                if (driver.token(i) == token) {
                    return driver.readiness(i);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Endpoint endpoint : endpoints) {
            endpoint.close();
        }
        for (SocketChannel peer : peers) {
            peer.close();
        }
        driver.close();
        pool.end();
        slabs.close();
    }
}
