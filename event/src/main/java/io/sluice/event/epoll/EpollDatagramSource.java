package io.sluice.event.epoll;

import io.sluice.core.connection.Address;
import io.sluice.core.log.IoFault;
import io.sluice.event.linux.EpollEvent;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.SockAddr;
import io.sluice.event.spi.DatagramSource;
import io.sluice.event.spi.SharedEndpoint;

/** A listening socket for datagrams in its worker's epoll. */
final class EpollDatagramSource implements DatagramSource {
    /** The first two bytes of a name that is none. */
    private static final int FAMILY_BYTES = 2;

    private static final long ODD = 0x9E3779B97F4A7C15L;

    private final EpollDriver driver;
    private final EpollDatagramSocket socket;
    private final DatagramReceiver received;
    private final EpollWatch watch;
    private final long seed;
    private final boolean wildcard;
    private int lastError;
    private long unsent;

    EpollDatagramSource(EpollDriver driver, EpollDatagramSocket socket, long token, int most, long seed) {
        this.driver = driver;
        this.socket = socket;
        this.seed = seed;
        this.received = driver.datagramReceiver(most);
        this.wildcard = socket.address().isWildcard();
        this.watch = new EpollWatch(driver, socket::fd, EpollEvent.IN, token);
        socket.hold();
    }

    @Override
    public int receive() {
        int n = received.receive(socket.fd());
        lastError = n >= 0 || n == -Errno.EAGAIN ? 0 : -n;
        return Math.max(n, 0);
    }

    @Override
    public IoFault fault() {
        return Errno.fault(lastError);
    }

    @Override
    public boolean isTruncated(int datagram) {
        return received.isTruncated(datagram);
    }

    @Override
    public boolean isNameless(int datagram) {
        return received.nameBytes(datagram) <= FAMILY_BYTES;
    }

    @Override
    public int hash(int datagram) {
        long hash = fold(received.toHigh(datagram) ^ seed, received.toLow(datagram) ^ ODD);
        int family = received.family(datagram);
        if (family == SockAddr.AF_INET) {
            hash = fold(received.word(datagram, 0) ^ seed, hash ^ ODD);
        } else if (family == SockAddr.AF_INET6) {
            hash = fold(received.word(datagram, 0) ^ seed, hash ^ ODD);
            hash = fold(received.word(datagram, 1) ^ seed, received.word(datagram, 2) ^ hash);
            hash = fold(received.scope(datagram) ^ seed, hash ^ ODD);
        } else {
            for (int i = 0; i < received.nameBytes(datagram); i++) {
                hash = fold(received.nameByte(datagram, i) ^ seed, hash ^ ODD);
            }
        }
        return Long.hashCode(hash);
    }

    /** Both halves of the product, so that every bit of either side moves all of the others in a way that the seed decides. */
    private static long fold(long a, long b) {
        return Math.multiplyHigh(a, b) ^ a * b;
    }

    @Override
    public boolean isOf(int datagram, SharedEndpoint session) {
        return session instanceof EpollDatagramSession own && own.isOf(received, datagram);
    }

    @Override
    public SharedEndpoint open(int datagram, SharedEndpoint.Departure whenLeft) {
        socket.hold();
        return new EpollDatagramSession(this, datagram, whenLeft);
    }

    @Override
    public void deliver(int datagram, SharedEndpoint session) {
        ((EpollDatagramSession) session).current(datagram);
    }

    @Override
    public void withdraw(SharedEndpoint session) {
        ((EpollDatagramSession) session).current(EpollDatagramSession.NOTHING);
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
        watch.pause();
    }

    @Override
    public boolean resume() {
        int result = watch.resume();
        if (result < 0) {
            lastError = -result;
        }
        return result == 0;
    }

    @Override
    public void close() {
        if (watch.close()) {
            socket.release();
        }
    }

    // ---- for its sessions

    DatagramReceiver received() {
        return received;
    }

    EpollDriver driver() {
        return driver;
    }

    EpollDatagramSocket socket() {
        return socket;
    }

    Address address() {
        return socket.address();
    }

    /** Whether what comes tells which of our addresses it was for. */
    boolean tellsDestination() {
        return wildcard;
    }
}
