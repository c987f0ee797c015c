package io.sluice.event.epoll;

import io.sluice.core.connection.Address;
import io.sluice.core.log.IoFault;
import io.sluice.event.linux.EpollEvent;
import io.sluice.event.linux.Errno;
import io.sluice.event.linux.SockAddr;
import io.sluice.event.spi.DatagramSource;
import io.sluice.event.spi.SeededHash;
import io.sluice.event.spi.SharedEndpoint;

/** A listening socket for datagrams in its worker's epoll. */
final class EpollDatagramSource implements DatagramSource {
    /** The first two bytes of a name that is none. */
    private static final int FAMILY_BYTES = 2;

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
        long hash = SeededHash.add(seed, received.toLow(datagram), received.toHigh(datagram));
        int family = received.family(datagram);
        if (family == SockAddr.AF_INET) {
            hash = SeededHash.add(seed, hash, received.word(datagram, 0));
        } else if (family == SockAddr.AF_INET6) {
            hash = SeededHash.add(seed, hash, received.word(datagram, 0));
            hash = SeededHash.add(seed, hash, received.word(datagram, 1));
            hash = SeededHash.add(seed, hash, received.word(datagram, 2));
            hash = SeededHash.add(seed, hash, received.scope(datagram));
        } else {
            for (int i = 0; i < received.nameBytes(datagram); i++) {
                hash = SeededHash.add(seed, hash, received.nameByte(datagram, i));
            }
        }
        return Long.hashCode(hash);
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
